/** Keeps a release's processes running and tells their listeners. */
@NullMarked
package dev.slipway.schedule;

import org.jspecify.annotations.NullMarked;
