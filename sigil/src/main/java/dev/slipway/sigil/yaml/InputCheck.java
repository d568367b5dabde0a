package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes text of the bytes of a YAML stream and refuses what may not be in one. */
final class InputCheck {
    private InputCheck() {}

    static String text(String bytes) {
        String text = decoded(Bytes.array(bytes));
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean control = letter < ' ' && "\t\n\r".indexOf(letter) < 0;
            boolean high = letter >= 0x7F && letter < 0xA0 && letter != 0x85;
            if (control || high || letter == 0xFFFE || letter == 0xFFFF || (letter == 0xFEFF && i > 0)) {
                throw YamlErrors.plain("control characters are not allowed");
            }
        }
        return text;
    }

    private static String decoded(byte[] bytes) {
        boolean little = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
        boolean big = bytes.length > 1 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF;
        if (little || big) {
            return new String(bytes, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw YamlErrors.plain(problem(Bytes.of(bytes)));
        }
    }

    private static String problem(String bytes) {
        int at = 0;
        while (bytes.charAt(at) < 0x80 || Bytes.widthAt(bytes, at) > 1) {
            at += Bytes.widthAt(bytes, at);
        }
        int first = bytes.charAt(at);
        int width = first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;
        if (width == 0) {
            return "invalid leading UTF-8 octet";
        }
        return at + width > bytes.length() ? "incomplete UTF-8 octet sequence" : "invalid trailing UTF-8 octet";
    }
}
