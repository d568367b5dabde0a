/** The platform as a whole, from outside: a daemon of its own, stock git, ssh, curl and WebSocket clients. */
@NullMarked
package dev.slipway.e2e;

import org.jspecify.annotations.NullMarked;
