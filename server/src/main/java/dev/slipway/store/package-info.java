/** The state: one SQLite database, one transaction a change, numbered migrations. */
@NullMarked
package dev.slipway.store;

import org.jspecify.annotations.NullMarked;
