package dev.slipway.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** What keeps a client with one of several processes: requests that agree in it meet the same one while the processes stay the same. */
public sealed interface Sticky {

    /** Reads {@code ip}, {@code cookie:NAME} or {@code header:NAME}. */
    static Sticky parse(String text) {
        if (text.equals("ip")) {
            return new Ip();
        }
        int colon = text.indexOf(':');
        String name = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "cookie" -> new Cookie(name);
            case "header" -> new Header(name);
            default -> throw UserException.invalid("Invalid value for --sticky: write ip, cookie:NAME or header:NAME");
        };
    }

    /** The nginx variable that holds it; empty for a client that does not send it, and then any process will do. */
    String variable();

    /** The client's address. */
    record Ip() implements Sticky {

        @Override
        public String variable() {
            return "$remote_addr";
        }

        @Override
        public String toString() {
            return "ip";
        }
    }

    /** The value of a cookie; nginx's variables leave letters, digits and {@code _} for its name. */
    record Cookie(String name) implements Sticky {

        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_]{1,64}");

        public Cookie {
            if (!FORM.matcher(name).matches()) {
                throw UserException.invalid(
                        "Invalid cookie name for --sticky: letters, digits and _, at most 64 (nginx knows no others)");
            }
        }

        @Override
        public String variable() {
            return "$cookie_" + name;
        }

        @Override
        public String toString() {
            return "cookie:" + name;
        }
    }

    /** The value of a request header; nginx drops those with {@code _} in their name. */
    record Header(String name) implements Sticky {

        private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

        public Header {
            if (!FORM.matcher(name).matches()) {
                throw UserException.invalid("Invalid header name for --sticky: a letter, then letters, digits and -,"
                        + " at most 64 of them, such as X-User-Id");
            }
        }

        @Override
        public String variable() {
            return "$http_" + name.toLowerCase(Locale.ROOT).replace('-', '_');
        }

        @Override
        public String toString() {
            return "header:" + name;
        }
    }
}
