/** The ssh door: lets keys in, and runs commands and git over the wire. No way leads to a shell. */
@NullMarked
package dev.slipway.ssh;

import org.jspecify.annotations.NullMarked;
