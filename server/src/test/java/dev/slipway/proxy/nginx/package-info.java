@NullMarked
package dev.slipway.proxy.nginx;

import org.jspecify.annotations.NullMarked;
