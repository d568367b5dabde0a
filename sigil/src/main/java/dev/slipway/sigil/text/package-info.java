/** Small grammars of Go's library: number literals, path patterns, base64, the words of a command line. */
@NullMarked
package dev.slipway.sigil.text;

import org.jspecify.annotations.NullMarked;
