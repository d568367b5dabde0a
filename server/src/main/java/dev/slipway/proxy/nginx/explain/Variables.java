package dev.slipway.proxy.nginx.explain;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx's variables, as far as a URL tells their values. */
final class Variables {

    private static final Pattern USE = Pattern.compile("\\$(?:\\{([a-z_][a-z0-9_]*)}|([a-z_][a-z0-9_]*))");

    private final Map<String, String> values = new TreeMap<>();

    /** @param uri the normalized path */
    Variables(RequestUrl url, VirtualServer server, String uri) {
        values.put("scheme", url.scheme());
        values.put("host", url.host());
        values.put("http_host", url.authority());
        values.put("server_name", server.name());
        values.put("server_port", Integer.toString(url.port()));
        values.put("request_uri", url.target());
        values.put("uri", uri);
        values.put("document_uri", uri);
        values.put("args", url.query());
        values.put("query_string", url.query());
        values.put("is_args", url.query().isEmpty() ? "" : "?");
        values.put("request_method", "GET");
    }

    /** The text with their values in their places; others stay as they are written. */
    String expand(String text) {
        return USE.matcher(text).replaceAll(use -> {
            String name = use.group(1) == null ? use.group(2) : use.group(1);
            return Matcher.quoteReplacement(values.getOrDefault(name, use.group()));
        });
    }
}
