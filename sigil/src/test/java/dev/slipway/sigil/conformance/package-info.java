/** A worker that answers template requests, for holding this engine against recorded answers of another. */
@NullMarked
package dev.slipway.sigil.conformance;

import org.jspecify.annotations.NullMarked;
