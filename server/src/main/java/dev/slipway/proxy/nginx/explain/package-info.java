/** Works out what nginx would do with a request, by nginx's own rules and without asking it: pure functions over its text. */
@NullMarked
package dev.slipway.proxy.nginx.explain;

import org.jspecify.annotations.NullMarked;
