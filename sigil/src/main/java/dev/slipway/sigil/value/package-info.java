/** The values a template works on, with Go's types and rules. */
@NullMarked
package dev.slipway.sigil.value;

import org.jspecify.annotations.NullMarked;
