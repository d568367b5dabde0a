/** Keeps the apps' git repositories, takes pushes into them, and lays out one revision of them, safely. */
@NullMarked
package dev.slipway.source;

import org.jspecify.annotations.NullMarked;
