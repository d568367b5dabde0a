package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An address and port that nginx listens on. All servers on it, of whatever app, share how it speaks.
 *
 * @param address an IP address in digits; IPv6 in brackets
 * @param tls whether it speaks TLS
 * @param special what else changes how a connection to it begins: {@code proxy_protocol}, http2 without TLS
 */
public record Endpoint(String address, int port, boolean tls, String special) {

    static Endpoint of(String address, int port, boolean tls) {
        return new Endpoint(canonical(address), port, tls, "");
    }

    /** Reads a {@code listen} directive; nothing for a unix socket, a host name or QUIC, which need no default server. */
    public static Optional<Endpoint> of(Directive listen) {
        String where = listen.argument(0);
        if (has(listen, "quic")) {
            return Optional.empty();
        }
        int colon = where.endsWith("]") ? -1 : where.lastIndexOf(':');
        String host = where.matches("[0-9]+") ? "*" : where.substring(0, colon < 0 ? where.length() : colon);
        String port = where.matches("[0-9]+") ? where : colon < 0 ? "80" : where.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || !host.matches("\\*|[0-9.]+|\\[[0-9A-Fa-f:.]+\\]")) {
            return Optional.empty();
        }
        boolean tls = has(listen, "ssl");
        String special = has(listen, "proxy_protocol") ? "proxy_protocol" : has(listen, "http2") && !tls ? "http2" : "";
        return Optional.of(new Endpoint(canonical(host), Integer.parseInt(port), tls, special));
    }

    /** The same address and port, however they are spoken to. */
    public String place() {
        return address + ":" + port;
    }

    /** In the words of a message: {@code plain http}, {@code TLS}. */
    public String speech() {
        return (tls ? "TLS" : "plain http") + (special.isEmpty() ? "" : " with " + special);
    }

    private static boolean has(Directive listen, String parameter) {
        return listen.arguments().stream().map(Word::text).anyMatch(parameter::equals);
    }

    /** One spelling for one address, since nginx compares addresses and not their text. */
    private static String canonical(String host) {
        if (host.equals("*")) {
            return "0.0.0.0";
        }
        boolean bracketed = host.startsWith("[");
        try {
            InetAddress address = InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
            String digits = address.getHostAddress();
            return address instanceof Inet6Address ? "[" + digits + "]" : digits;
        } catch (IllegalArgumentException e) {
            // Not an address: nginx will say so in its own words, with the line.
            return host;
        }
    }
}
