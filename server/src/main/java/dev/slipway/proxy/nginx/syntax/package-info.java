/** Reads nginx configuration text as nginx itself does, so that it can be judged before nginx runs it. */
@NullMarked
package dev.slipway.proxy.nginx.syntax;

import org.jspecify.annotations.NullMarked;
