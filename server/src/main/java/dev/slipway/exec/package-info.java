/** Runs programs: argument lists only, time limits, both pipes drained, the whole process tree stopped. */
@NullMarked
package dev.slipway.exec;

import org.jspecify.annotations.NullMarked;
