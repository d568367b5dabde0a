/** The {@code sigil} command: flags, files of variables, exit codes and streams. */
@NullMarked
package dev.slipway.sigil.command;

import org.jspecify.annotations.NullMarked;
