/** The platform: see ARCHITECTURE.md for the table of packages and the way of one push. */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
