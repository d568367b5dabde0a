/** Reads an app's own template as somebody would who knows its traps, and says what would take its place. */
@NullMarked
package dev.slipway.proxy.nginx.check;

import org.jspecify.annotations.NullMarked;
