/** Turns a source tree into something that a scheduler can run. */
@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
