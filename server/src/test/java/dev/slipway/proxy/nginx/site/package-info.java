@NullMarked
package dev.slipway.proxy.nginx.site;

import org.jspecify.annotations.NullMarked;
