/** One half of a cycle that is there to be found. */
@NullMarked
package dev.slipway.architecture.cycle.two;

import org.jspecify.annotations.NullMarked;
