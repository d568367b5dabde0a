/** Words in, a use case called, a report and an exit code out; one class per noun. */
@NullMarked
package dev.slipway.command;

import org.jspecify.annotations.NullMarked;
