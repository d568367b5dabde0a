/** Runs processes in sandboxes on this machine, keeps them running, and finds them again when the daemon starts anew. */
@NullMarked
package dev.slipway.schedule.local;

import org.jspecify.annotations.NullMarked;
