/** nginx's master and workers as the kernel shows them: which serve, which drain, and what they hold. */
@NullMarked
package dev.slipway.proxy.nginx.worker;

import org.jspecify.annotations.NullMarked;
