/** Shell parameters in a text: {@code $NAME} and {@code ${NAME:-word}}. */
@NullMarked
package dev.slipway.sigil.posix;

import org.jspecify.annotations.NullMarked;
