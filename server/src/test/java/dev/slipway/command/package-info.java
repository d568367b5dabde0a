@NullMarked
package dev.slipway.command;

import org.jspecify.annotations.NullMarked;
