/** Which host port and path lead to which process type and port of an app; pure functions. */
@NullMarked
package dev.slipway.route;

import org.jspecify.annotations.NullMarked;
