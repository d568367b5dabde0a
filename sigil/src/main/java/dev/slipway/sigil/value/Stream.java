package dev.slipway.sigil.value;

import java.io.IOException;
import java.io.InputStream;

/**
 * Something to read once, with the name it has in messages: the standard input or the body of a response.
 *
 * @param input read to its end by the first who asks; later readers get nothing
 * @param name for example {@code <stdin>}
 */
public record Stream(InputStream input, String name) {
    /** All that is left, as bytes. */
    public String readAll() throws IOException {
        return Bytes.of(input.readAllBytes());
    }
}
