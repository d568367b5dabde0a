package dev.slipway.sigil;

import java.time.Duration;

/**
 * What a template that is not trusted may use up before its rendering is stopped with an error.
 *
 * @param outputBytes the size of the output, and of any string made on the way
 * @param depth how deeply blocks and parentheses may nest, and templates call and include one another
 * @param steps how many actions it may take and elements it may visit; making text counts too
 * @param time how long a rendering may take
 */
public record Bounds(long outputBytes, int depth, long steps, Duration time) {
    private static final long MEBIBYTE = 1 << 20;

    public Bounds {
        if (outputBytes < 1 || depth < 1 || steps < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("bounds must be positive: " + outputBytes + " bytes, depth " + depth
                    + ", " + steps + " steps, " + time);
        }
    }

    /** 8 MiB, depth 100, 10 million steps, 2 seconds. */
    public static Bounds standard() {
        return new Bounds(8 * MEBIBYTE, 100, 10_000_000, Duration.ofSeconds(2));
    }
}
