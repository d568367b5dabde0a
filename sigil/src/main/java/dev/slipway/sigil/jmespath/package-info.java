/** JMESPath queries as go-jmespath 0.4 answers them; where that leaves the order to chance, keys are sorted. */
@NullMarked
package dev.slipway.sigil.jmespath;

import org.jspecify.annotations.NullMarked;
