/** Walks a template's tree and writes its output. */
@NullMarked
package dev.slipway.sigil.eval;

import org.jspecify.annotations.NullMarked;
