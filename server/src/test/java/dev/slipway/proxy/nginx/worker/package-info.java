@NullMarked
package dev.slipway.proxy.nginx.worker;

import org.jspecify.annotations.NullMarked;
