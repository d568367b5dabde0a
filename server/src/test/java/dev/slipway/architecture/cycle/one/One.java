package dev.slipway.architecture.cycle.one;

import dev.slipway.architecture.cycle.two.Two;

/** Depends on its counterpart, which depends on it. */
public record One(Two.Part part) {

    /** What the other half needs. */
    public record Part(int number) {}
}
