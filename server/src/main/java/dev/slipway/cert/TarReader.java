package dev.slipway.cert;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the regular files of a tar archive (POSIX.1-2001, and GNU tar's long names) one after the other, within bounds. */
final class TarReader {

    private static final int BLOCK = 512;
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_ENTRIES = 100;
    private static final Pattern PAX_PATH = Pattern.compile("\\d+ path=([^\n]*)\n");

    /** A regular file, one character a byte. */
    record Entry(String name, String text) {}

    private final InputStream in;
    private int entries;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next regular file, or nothing at the end. Links, devices and directories are passed over.
     *
     * @throws UserException for a link that only an attack on those who unpack archives has
     */
    @Nullable
    Entry next() throws IOException {
        String longName = "";
        for (byte[] header = header(); header.length > 0; header = header()) {
            byte[] content = content(header);
            switch (header[156]) {
                case 'L' -> longName = text(content, 0, content.length);
                case 'x' -> longName = paxPath(content);
                case '0', 0 -> {
                    return new Entry(
                            longName.isEmpty() ? name(header) : longName,
                            new String(content, StandardCharsets.ISO_8859_1));
                }
                case '2' -> {
                    refuseAbsolute(header);
                    longName = "";
                }
                default -> longName = "";
            }
        }
        return null;
    }

    /** The next header, empty at the end of the archive. */
    private byte[] header() throws IOException {
        byte[] header = in.readNBytes(BLOCK);
        boolean end = header.length < BLOCK || (text(header, 0, BLOCK).isEmpty() && checksum(header) == ' ' * 8);
        if (end && entries > 0) {
            return new byte[0];
        }
        if (end || checksum(header) != octal(header, 148, 8)) {
            throw UserException.invalid(
                    "This is not a tar archive: send one, as in tar cvf certs.tar server.crt server.key");
        }
        if (++entries > MOST_ENTRIES) {
            throw UserException.invalid("The archive has too many entries: pack the certificate and the key alone");
        }
        return header;
    }

    private byte[] content(byte[] header) throws IOException {
        long size = octal(header, 124, 12);
        if (size < 0 || size > LARGEST_FILE) {
            throw UserException.invalid(name(header) + " in the archive is larger than a certificate or a key");
        }
        byte[] content = in.readNBytes((int) size);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private static void refuseAbsolute(byte[] header) {
        if (header[157] == '/') {
            throw UserException.invalid("Archive contains symlinks with absolute targets: "
                    + name(header).replaceAll("\\p{Cntrl}", "?") + "; pack the certificate and the key alone");
        }
    }

    private static String name(byte[] header) {
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
    }

    private static String paxPath(byte[] content) {
        Matcher matcher = PAX_PATH.matcher(new String(content, StandardCharsets.UTF_8));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The sum of all bytes, with those of the sum itself counted as blanks. */
    private static long checksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < header.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        return sum;
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : -1;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
