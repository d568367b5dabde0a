/** The apps' sites on a private nginx without privileges: rendered, judged, tested as a whole, swapped and reloaded. */
@NullMarked
package dev.slipway.proxy.nginx;

import org.jspecify.annotations.NullMarked;
