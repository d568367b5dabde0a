/** Takes an app from a revision to running and routed, or leaves it as it was; drains the old. */
@NullMarked
package dev.slipway.deploy;

import org.jspecify.annotations.NullMarked;
