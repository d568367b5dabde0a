/** Which host port leads to which port of an app; pure functions. */
@NullMarked
package dev.slipway.route;

import org.jspecify.annotations.NullMarked;
