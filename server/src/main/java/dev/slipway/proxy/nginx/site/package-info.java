/** One app's site in nginx's words: what can be set, what a template sees, what its text may say; pure but for the reading of templates. */
@NullMarked
package dev.slipway.proxy.nginx.site;

import org.jspecify.annotations.NullMarked;
