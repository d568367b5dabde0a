/** Creates, renames, clones and destroys apps, and takes what is pushed to them. */
@NullMarked
package dev.slipway.app;

import org.jspecify.annotations.NullMarked;
