@NullMarked
package dev.slipway.exec;

import org.jspecify.annotations.NullMarked;
