/** Reads archives of source trees, safely, as what git can make a commit of. */
@NullMarked
package dev.slipway.source.archive;

import org.jspecify.annotations.NullMarked;
