/** Gathers, keeps, bounds and tails what processes print. */
@NullMarked
package dev.slipway.logs;

import org.jspecify.annotations.NullMarked;
