@NullMarked
package dev.slipway.model;

import org.jspecify.annotations.NullMarked;
