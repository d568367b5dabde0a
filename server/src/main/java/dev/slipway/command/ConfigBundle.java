package dev.slipway.command;

import dev.slipway.model.Config;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Variables as a tar archive (POSIX ustar) with a file of mode 0600 for each: named by its key, with its value and nothing else in it. */
final class ConfigBundle {

    private static final int BLOCK = 512;

    /** What a ustar header has room for; keys beyond it go into its prefix field only at a slash, which no key has. */
    private static final int LONGEST_NAME = 100;

    private ConfigBundle() {}

    static byte[] of(Config config) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        config.values().forEach((key, value) -> {
            byte[] content = value.getBytes(StandardCharsets.UTF_8);
            if (key.length() > LONGEST_NAME) {
                // The GNU way, which every tar reads: the name stands in an entry of its own before the file.
                add(tar, "././@LongLink", 'L', (key + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            add(tar, key.substring(0, Math.min(key.length(), LONGEST_NAME)), '0', content);
        });
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static void add(ByteArrayOutputStream tar, String name, char type, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(content.length));
        put(header, 136, "%011o\0".formatted(0));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
