/** The rules between packages, held by a test. */
@NullMarked
package dev.slipway.architecture;

import org.jspecify.annotations.NullMarked;
