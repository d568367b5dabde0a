/** What a template can call: Go's built-in functions and sigil's. */
@NullMarked
package dev.slipway.sigil.functions;

import org.jspecify.annotations.NullMarked;
