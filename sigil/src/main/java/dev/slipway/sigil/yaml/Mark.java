package dev.slipway.sigil.yaml;

/** A place in the input; all count from 0. */
record Mark(int index, int line, int column) {}
