package dev.slipway.proxy.nginx.site;

import static dev.slipway.proxy.nginx.site.NginxType.BUFFERS;
import static dev.slipway.proxy.nginx.site.NginxType.FILE;
import static dev.slipway.proxy.nginx.site.NginxType.FORMAT;
import static dev.slipway.proxy.nginx.site.NginxType.HEADER;
import static dev.slipway.proxy.nginx.site.NginxType.IPV4;
import static dev.slipway.proxy.nginx.site.NginxType.IPV6;
import static dev.slipway.proxy.nginx.site.NginxType.LOG_PATH;
import static dev.slipway.proxy.nginx.site.NginxType.NUMBER;
import static dev.slipway.proxy.nginx.site.NginxType.ON_OFF;
import static dev.slipway.proxy.nginx.site.NginxType.SIZE;
import static dev.slipway.proxy.nginx.site.NginxType.TIME;
import static dev.slipway.proxy.nginx.site.NginxType.TRUE_FALSE;

import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Everything that {@code nginx:set} can set, in the order of {@code nginx:report}: names, labels and variables are Dokku's.
 * Commands, reports, template variables and the manual all read this table.
 */
public final class NginxProperties {

    /** How long a replaced worker may drain; it may for ever unless this is set. */
    public static final String WORKER_MAX_AGE = "worker-max-age";

    /** Housekeeping looks once in a minute; and 0, which switches other limits off, would cut every socket. */
    private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);

    private static final List<NginxProperty> ALL = List.of(
            new NginxProperty("access-log-format", "NGINX_ACCESS_LOG_FORMAT", FORMAT, "", "Format of the access log"),
            new NginxProperty(
                    "access-log-path",
                    "NGINX_ACCESS_LOG_PATH",
                    LOG_PATH,
                    "",
                    "Access log, by default one of the app's own"),
            new NginxProperty("bind-address-ipv4", "NGINX_BIND_ADDRESS_IP4", IPV4, "", "IPv4 address to listen on"),
            new NginxProperty("bind-address-ipv6", "NGINX_BIND_ADDRESS_IP6", IPV6, "", "IPv6 address to listen on"),
            new NginxProperty(
                    "client-body-timeout", "CLIENT_BODY_TIMEOUT", TIME, "60s", "Longest pause within a request's body"),
            new NginxProperty(
                    "client-header-timeout",
                    "CLIENT_HEADER_TIMEOUT",
                    TIME,
                    "60s",
                    "Longest time for a request's header"),
            new NginxProperty(
                    "client-max-body-size", "CLIENT_MAX_BODY_SIZE", SIZE, "1m", "Largest request body; 0 for no limit"),
            new NginxProperty(
                    "disable-custom-config", "", TRUE_FALSE, "false", "Ignore the repository's nginx.conf.sigil"),
            new NginxProperty(
                    "error-log-path",
                    "NGINX_ERROR_LOG_PATH",
                    LOG_PATH,
                    "",
                    "Error log, by default one of the app's own"),
            new NginxProperty("hsts", "", TRUE_FALSE, "true", "Send Strict-Transport-Security over https"),
            new NginxProperty("hsts-include-subdomains", "", TRUE_FALSE, "true", "Let HSTS cover subdomains"),
            new NginxProperty("hsts-max-age", "", NUMBER, "15724800", "Seconds that browsers remember HSTS"),
            new NginxProperty(
                    "hsts-preload", "", TRUE_FALSE, "false", "Allow browsers to ship the domain in their HSTS lists"),
            new NginxProperty(
                    "keepalive-timeout",
                    "KEEPALIVE_TIMEOUT",
                    TIME,
                    "75s",
                    "How long an idle client connection stays open"),
            new NginxProperty(
                    "lingering-timeout", "LINGERING_TIMEOUT", TIME, "5s", "Longest wait for more of a refused body"),
            new NginxProperty(
                    "nginx-conf-sigil-path", "", FILE, "nginx.conf.sigil", "The template's path in the repository"),
            new NginxProperty("proxy-buffer-size", "PROXY_BUFFER_SIZE", SIZE, "4k", "Buffer for a response's header"),
            new NginxProperty(
                    "proxy-buffering", "PROXY_BUFFERING", ON_OFF, "on", "Read responses ahead of slow clients"),
            new NginxProperty("proxy-buffers", "PROXY_BUFFERS", BUFFERS, "8 4k", "Buffers for one response's body"),
            new NginxProperty(
                    "proxy-busy-buffers-size", "PROXY_BUSY_BUFFERS_SIZE", SIZE, "8k", "Part of them busy sending"),
            new NginxProperty(
                    "proxy-connect-timeout", "PROXY_CONNECT_TIMEOUT", TIME, "60s", "Longest time to reach a process"),
            new NginxProperty(
                    "proxy-keepalive",
                    "PROXY_KEEPALIVE",
                    NUMBER,
                    "32",
                    "Idle connections kept to the processes; 0 for none"),
            new NginxProperty("proxy-read-timeout", "PROXY_READ_TIMEOUT", TIME, "60s", "Longest silence of a process"),
            new NginxProperty(
                    "proxy-send-timeout", "PROXY_SEND_TIMEOUT", TIME, "60s", "Longest pause in sending to a process"),
            new NginxProperty("send-timeout", "SEND_TIMEOUT", TIME, "60s", "Longest pause in sending to a client"),
            new NginxProperty(
                    "underscore-in-headers",
                    "NGINX_UNDERSCORE_IN_HEADERS",
                    ON_OFF,
                    "off",
                    "Pass headers with _ in the name"),
            new NginxProperty(
                    WORKER_MAX_AGE,
                    "",
                    TIME,
                    "",
                    "Longest time that a replaced worker keeps its sockets; else for ever",
                    true),
            new NginxProperty(
                    "x-forwarded-for-value", "PROXY_X_FORWARDED_FOR", HEADER, "$remote_addr", "X-Forwarded-For"),
            new NginxProperty(
                    "x-forwarded-port-value", "PROXY_X_FORWARDED_PORT", HEADER, "$server_port", "X-Forwarded-Port"),
            new NginxProperty(
                    "x-forwarded-proto-value", "PROXY_X_FORWARDED_PROTO", HEADER, "$scheme", "X-Forwarded-Proto"),
            new NginxProperty("x-forwarded-ssl", "PROXY_X_FORWARDED_SSL", HEADER, "", "X-Forwarded-Ssl"));

    private static final Map<String, NginxProperty> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(NginxProperty::name, property -> property));

    private NginxProperties() {}

    public static List<NginxProperty> all() {
        return ALL;
    }

    /** @throws UserException that lists the names there are */
    public static NginxProperty named(String name) {
        NginxProperty property = BY_NAME.get(name);
        if (property == null) {
            String names = ALL.stream().map(NginxProperty::name).collect(Collectors.joining(", "));
            throw UserException.invalid("Invalid nginx property " + name + ": one of " + names);
        }
        return property;
    }

    /** Takes a value for a property, or tells what to write. */
    public static String check(String name, String value) {
        NginxProperty property = named(name);
        String checked = property.type().check(property.name(), value);
        if (name.equals(WORKER_MAX_AGE) && NginxTime.parse(checked).compareTo(SHORTEST_AGE) < 0) {
            throw UserException.invalid("Invalid value for " + WORKER_MAX_AGE + ": '" + value
                    + "': at least 1m, or no value so that no socket is ever cut");
        }
        return checked;
    }

    /** The value that applies, given those that are set. */
    static String value(Map<String, String> set, String name) {
        return Optional.ofNullable(set.get(name))
                .or(() -> Buffers.fitting(set, name))
                .orElseGet(() -> named(name).otherwise());
    }

    /** Every value that applies to a site, by name. */
    public static SequencedMap<String, String> values(Site site, NginxSettings settings) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        ALL.forEach(property -> values.put(property.name(), value(site.properties(), property.name())));
        Logs logs = Logs.of(site, settings.directories());
        values.put("access-log-path", logs.access());
        values.put("error-log-path", logs.error());
        values.merge("bind-address-ipv4", settings.defaultIpv4(), (set, own) -> set.isEmpty() ? own : set);
        // Without IPv6 on this machine an address for it would keep nginx from starting.
        values.merge(
                "bind-address-ipv6", settings.defaultIpv6(), (set, own) -> set.isEmpty() || own.isEmpty() ? own : set);
        return values;
    }
}
