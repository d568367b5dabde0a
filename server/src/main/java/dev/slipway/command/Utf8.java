package dev.slipway.command;

import dev.slipway.model.UserException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from a caller's bytes; what is no UTF-8 is refused and never replaced by question marks without a word. */
final class Utf8 {

    private Utf8() {}

    /** @param what what the bytes are, at the beginning of a sentence */
    static String decode(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UserException(UserException.Kind.INVALID, what + " is not UTF-8 text", e);
        }
    }
}
