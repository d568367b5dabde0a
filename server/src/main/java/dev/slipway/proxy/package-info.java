/** Renders, tests, publishes and reloads what serves the apps; applied whole or not at all. */
@NullMarked
package dev.slipway.proxy;

import org.jspecify.annotations.NullMarked;
