@NullMarked
package dev.slipway.proxy.nginx.syntax;

import org.jspecify.annotations.NullMarked;
