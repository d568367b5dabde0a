/** Reads, checks, makes and describes certificates. */
@NullMarked
package dev.slipway.cert;

import org.jspecify.annotations.NullMarked;
