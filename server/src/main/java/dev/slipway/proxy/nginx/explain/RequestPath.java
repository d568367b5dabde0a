package dev.slipway.proxy.nginx.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * Paths as nginx compares them: bytes, of which each is a character here (ISO 8859-1), so that none is taken for another.
 */
final class RequestPath {

    private RequestPath() {}

    /**
     * What {@code $uri} holds: escapes undone, slashes merged, dots resolved ({@code ngx_http_parse_complex_uri}).
     *
     * @param raw begins with a slash
     * @return nothing where nginx answers 400
     */
    static Optional<String> normalize(String raw, boolean mergeSlashes) {
        return decoded(raw)
                .map(text -> mergeSlashes ? text.replaceAll("/{2,}", "/") : text)
                .flatMap(RequestPath::withoutDots);
    }

    private static Optional<String> decoded(String raw) {
        StringBuilder decoded = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%') {
                decoded.append(raw.charAt(i));
                continue;
            }
            String hex = raw.substring(i + 1, Math.min(i + 3, raw.length()));
            if (!hex.matches("[0-9A-Fa-f]{2}") || hex.equals("00")) {
                return Optional.empty();
            }
            decoded.append((char) Integer.parseInt(hex, 16));
            i += 2;
        }
        return Optional.of(decoded.toString());
    }

    private static Optional<String> withoutDots(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] all = path.substring(1).split("/", -1);
        for (int i = 0; i < all.length; i++) {
            boolean dots = all[i].equals(".") || all[i].equals("..");
            if (all[i].equals("..") && segments.pollLast() == null) {
                return Optional.empty();
            }
            if (!dots) {
                segments.add(all[i]);
            } else if (i == all.length - 1) {
                segments.add("");
            }
        }
        return Optional.of("/" + String.join("/", segments));
    }

    /** Text of the configuration in the same form. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** As nginx writes a path of its own making into a request ({@code NGX_ESCAPE_URI}). */
    static String escape(String path) {
        StringBuilder escaped = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"#%<>?\\^`{|}".indexOf(c) >= 0) {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
