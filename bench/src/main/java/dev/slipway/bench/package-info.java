/** Measures what the platform costs, and prints it as a table. */
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
