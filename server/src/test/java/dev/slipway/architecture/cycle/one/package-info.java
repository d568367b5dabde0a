/** One half of a cycle that is there to be found. */
@NullMarked
package dev.slipway.architecture.cycle.one;

import org.jspecify.annotations.NullMarked;
