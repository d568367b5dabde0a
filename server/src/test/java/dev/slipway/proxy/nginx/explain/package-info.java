@NullMarked
package dev.slipway.proxy.nginx.explain;

import org.jspecify.annotations.NullMarked;
