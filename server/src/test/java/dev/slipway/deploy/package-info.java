@NullMarked
package dev.slipway.deploy;

import org.jspecify.annotations.NullMarked;
