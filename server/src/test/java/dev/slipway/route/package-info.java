@NullMarked
package dev.slipway.route;

import org.jspecify.annotations.NullMarked;
