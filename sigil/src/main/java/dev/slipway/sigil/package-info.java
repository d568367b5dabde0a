/** Go's {@code text/template} with sigil's functions: parse a template once, render it many times. */
@NullMarked
package dev.slipway.sigil;

import org.jspecify.annotations.NullMarked;
