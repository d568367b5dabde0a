package dev.slipway.proxy.nginx.site;

import dev.slipway.model.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an nginx says of itself with {@code -V}: its version, and what was compiled in. */
public record NginxVersion(int major, int minor, int patch, boolean http2, boolean tls13) {

    private static final Pattern VERSION = Pattern.compile("nginx/(\\d+)\\.(\\d+)\\.(\\d+)");
    /** OpenSSL before 1.1.1 has no TLS 1.3. */
    private static final Pattern OLD_OPENSSL = Pattern.compile("built with OpenSSL (0|1\\.0|1\\.1\\.0)");

    public static NginxVersion parse(String words) {
        Matcher version = VERSION.matcher(words);
        if (!version.find()) {
            throw UserException.failed("This nginx does not tell its version: " + words.strip());
        }
        return new NginxVersion(
                number(version, 1),
                number(version, 2),
                number(version, 3),
                words.contains("--with-http_v2_module"),
                !OLD_OPENSSL.matcher(words).find());
    }

    /** {@code http2 on;}, the directive that takes the place of {@code listen … http2}: 1.25.1. */
    public boolean http2Directive() {
        return atLeast(1, 25, 1);
    }

    /** HTTP/2 server push left nginx with 1.25.1. */
    public boolean http2Push() {
        return http2 && !http2Directive();
    }

    private boolean atLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
        long own = ((long) major * 1000 + minor) * 1000 + patch;
        return own >= ((long) wantedMajor * 1000 + wantedMinor) * 1000 + wantedPatch;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
