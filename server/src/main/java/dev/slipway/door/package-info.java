/** The local door: a unix socket that only root can open, and the frames on it. */
@NullMarked
package dev.slipway.door;

import org.jspecify.annotations.NullMarked;
