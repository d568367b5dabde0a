/** JSON as Go's {@code encoding/json} reads and writes it, error texts included. */
@NullMarked
package dev.slipway.sigil.json;

import org.jspecify.annotations.NullMarked;
