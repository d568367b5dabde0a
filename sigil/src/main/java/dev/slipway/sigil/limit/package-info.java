/** What a rendering may spend before it is stopped. */
@NullMarked
package dev.slipway.sigil.limit;

import org.jspecify.annotations.NullMarked;
