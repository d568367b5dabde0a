/** Settings; builds every part by hand; starts, adopts what still runs, stops. */
@NullMarked
package dev.slipway.server;

import org.jspecify.annotations.NullMarked;
