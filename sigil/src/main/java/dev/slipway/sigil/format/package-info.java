/** Go's printing: verbs, flags, quoting and number forms. */
@NullMarked
package dev.slipway.sigil.format;

import org.jspecify.annotations.NullMarked;
