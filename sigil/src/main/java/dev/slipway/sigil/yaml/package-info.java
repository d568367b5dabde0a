/** YAML 1.1 as gopkg.in/yaml.v2 reads and writes it, error texts included. */
@NullMarked
package dev.slipway.sigil.yaml;

import org.jspecify.annotations.NullMarked;
