/** The command line on the server's own machine: a thin client of the local door. */
@NullMarked
package dev.slipway.door.client;

import org.jspecify.annotations.NullMarked;
