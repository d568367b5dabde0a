/** Writes the output grammar that Dokku's users and scripts know. */
@NullMarked
package dev.slipway.console;

import org.jspecify.annotations.NullMarked;
