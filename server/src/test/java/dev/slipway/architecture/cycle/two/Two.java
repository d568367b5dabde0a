package dev.slipway.architecture.cycle.two;

import dev.slipway.architecture.cycle.one.One;

/** Depends on its counterpart, which depends on it. */
public record Two(One.Part part) {

    /** What the other half needs. */
    public record Part(int number) {}
}
