@NullMarked
package dev.slipway.cert;

import org.jspecify.annotations.NullMarked;
