@NullMarked
package dev.slipway.proxy.nginx.check;

import org.jspecify.annotations.NullMarked;
