package dev.slipway.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port of the host that leads to a port of the app's web processes, in Dokku's words {@code http:80:5000}. */
public record PortMapping(Scheme scheme, int hostPort, int processPort) {

    /** How the host port speaks. */
    public enum Scheme {
        /** HTTP/2 without TLS, whose processes speak gRPC. */
        GRPC,
        /** The same with TLS. */
        GRPCS,
        HTTP,
        HTTPS;

        /** Whether it needs a certificate. */
        public boolean secure() {
            return this == GRPCS || this == HTTPS;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Pattern FORM = Pattern.compile("(https?|grpcs?):([0-9]{1,5}):([0-9]{1,5})");

    public PortMapping {
        checkPort(hostPort);
        checkPort(processPort);
    }

    public static PortMapping parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw UserException.invalid(
                    text + " is not a port mapping: write SCHEME:HOST_PORT:PROCESS_PORT, such as http:80:5000");
        }
        Scheme scheme = Scheme.valueOf(matcher.group(1).toUpperCase(java.util.Locale.ROOT));
        return new PortMapping(scheme, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65535) {
            throw UserException.invalid("Port " + port + " is out of range: 1 to 65535");
        }
    }

    @Override
    public String toString() {
        return scheme + ":" + hostPort + ":" + processPort;
    }
}
