package dev.slipway.proxy.nginx.site;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The defaults of nginx's three buffer sizes where one or two of them are set: nginx takes only three that fit together, and they are set
 * one after the other.
 */
final class Buffers {

    private static final String HEADER = "proxy-buffer-size";
    private static final String BODY = "proxy-buffers";
    private static final String BUSY = "proxy-busy-buffers-size";

    private static final long KIB = 1024;

    private Buffers() {}

    /** The default that a property has beside those that are set; empty if the usual one fits. */
    static Optional<String> fitting(Map<String, String> set, String name) {
        return switch (name) {
            case BODY ->
                Optional.ofNullable(set.get(HEADER))
                        .filter(size -> bytes(size) > bytes(otherwise(HEADER)))
                        .map(size -> count(otherwise(BODY)) + " " + size);
            case BUSY -> set.containsKey(HEADER) || set.containsKey(BODY) ? Optional.of(busy(set)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Twice the largest buffer, as nginx itself has it, but never all of them: one is left to read into. */
    private static String busy(Map<String, String> set) {
        String body = NginxProperties.value(set, BODY);
        long one = bytes(body.substring(body.indexOf(' ') + 1));
        long largest = Math.max(bytes(NginxProperties.value(set, HEADER)), one);
        long size = Math.max(largest, Math.min(2 * largest, (count(body) - 1) * one));
        return size % KIB == 0 ? size / KIB + "k" : String.valueOf(size);
    }

    private static String otherwise(String name) {
        return NginxProperties.named(name).otherwise();
    }

    private static long count(String buffers) {
        return Long.parseLong(buffers.substring(0, buffers.indexOf(' ')));
    }

    /** What nginx makes of a size: 8k, 1m. */
    private static long bytes(String size) {
        String digits = size.replaceFirst("[kKmMgG]$", "");
        long unit = switch (size.substring(digits.length()).toLowerCase(Locale.ROOT)) {
            case "k" -> KIB;
            case "m" -> KIB * KIB;
            case "g" -> KIB * KIB * KIB;
            default -> 1;
        };
        return Long.parseLong(digits) * unit;
    }
}
