/** The nouns of the platform, as records and sealed types, and the one error meant for people. */
@NullMarked
package dev.slipway.model;

import org.jspecify.annotations.NullMarked;
