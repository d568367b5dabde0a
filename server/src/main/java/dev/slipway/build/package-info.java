/** Turns a source tree into something a scheduler can run. */
@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
