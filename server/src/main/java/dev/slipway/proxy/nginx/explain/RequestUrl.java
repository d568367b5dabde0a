package dev.slipway.proxy.nginx.explain;

import dev.slipway.model.HostPorts;
import dev.slipway.model.UserException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as a client would ask for it.
 *
 * @param host in lower case, without a dot at its end; IPv6 in brackets
 * @param assumed whether the URL names no port, so that this installation's was taken
 * @param path as it is sent, escapes and all; at least {@code /}
 * @param query behind the question mark, as it is sent; empty if there is none
 */
record RequestUrl(boolean tls, String host, int port, boolean assumed, String path, String query) {

    /** Longer ones are no help to anybody, and a regex might take its time over them. */
    private static final int LONGEST = 2_000;

    private static final Pattern FORM =
            Pattern.compile("(https?|wss?)://([^/?#]*)(/[^?#]*)?(?:\\?([^#]*))?(?:#.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]{0,253}|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    /**
     * Reads http, https, ws and wss; what is behind a {@code #} no client sends.
     *
     * @param ports where an installation listens by default, for URLs without a port
     * @throws UserException that says what to write
     */
    static RequestUrl parse(String text, HostPorts ports) {
        if (text.length() > LONGEST || !text.matches("[\\x21-\\x7e]*")) {
            throw refused(text, "write at most " + LONGEST + " characters of ASCII, all else escaped with %");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text, "write http, https, ws or wss, a host and a path, such as http://shop.example.com/");
        }
        Matcher authority = AUTHORITY.matcher(form.group(2));
        if (!authority.matches()) {
            throw refused(
                    text, "between // and the path stand a host and perhaps a port, such as shop.example.com:8080");
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        boolean assumed = authority.group(2) == null;
        int port = assumed ? tls ? ports.https() : ports.http() : Integer.parseInt(authority.group(2));
        if (port < 1 || port > 65535) {
            throw refused(text, "a port is between 1 and 65535");
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return new RequestUrl(tls, host, port, assumed, orElse(form.group(3), "/"), orElse(form.group(4), ""));
    }

    private static String orElse(@Nullable String group, String otherwise) {
        return group == null ? otherwise : group;
    }

    private static UserException refused(String text, String advice) {
        String shown = text.replaceAll("[^\\x20-\\x7e]", "?");
        return UserException.invalid(
                "Cannot explain " + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown) + ": " + advice);
    }

    /** What the request line holds. */
    String target() {
        return path + (query.isEmpty() ? "" : "?" + query);
    }

    String scheme() {
        return tls ? "https" : "http";
    }

    /** As in a Host header: with the port unless it is the scheme's own. */
    String authority() {
        return host + (port == (tls ? 443 : 80) ? "" : ":" + port);
    }

    /** Where a redirect to a path leads. */
    String absolute(String location) {
        return location.startsWith("/") ? scheme() + "://" + authority() + location : location;
    }
}
