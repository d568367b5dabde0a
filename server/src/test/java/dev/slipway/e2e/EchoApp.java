package dev.slipway.e2e;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The test app with a {@code web} and a {@code ws} process, whose template is the default one with the tutorial's additions. */
final class EchoApp {

    /** The tutorial's location block. */
    static final String LOCATION = """
              location /echo {
                proxy_buffering off;
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Real-IP $remote_addr;

                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";

                proxy_pass http://{{ $.APP }}-ws;
              }
            """;

    /** The tutorial's upstream block. */
    static final String UPSTREAM = """
            upstream {{ $.APP }}-ws {
            {{ if not $.DOKKU_APP_WS_LISTENERS }}
              server 127.0.0.1:65535; # force a 502
            {{ else }}
            {{ range $listeners := $.DOKKU_APP_WS_LISTENERS | split " " }}
            {{ $listener_list := $listeners | split ":" }}
            {{ $listener_ip := index $listener_list 0 }}
              server {{ $listener_ip }}:5000;{{ end }}
            {{ end }}
            }
            """;

    private static final Pattern ROOT_LOCATION = Pattern.compile("location\\s+/\\s*\\{");

    private EchoApp() {}

    /** A checkout with the template in place, not pushed yet. */
    static Checkout checkout(Platform platform, String app) {
        Checkout checkout = platform.checkout(app, "echo");
        return checkout.write("nginx.conf.sigil", withTutorial(platform.ok("nginx:template")))
                .commit("feat: route /echo to ws process");
    }

    /** What the tutorial makes of the default template: its location after both that serve {@code /}, its upstream at the end. */
    static String withTutorial(String template) {
        StringBuilder edited = new StringBuilder();
        int copied = 0;
        Matcher location = ROOT_LOCATION.matcher(template);
        while (location.find()) {
            int end = endOfBlock(template, location.end());
            if (template.substring(location.end(), end).contains("proxy_pass")) {
                edited.append(template, copied, end).append("\n\n").append(LOCATION.stripTrailing());
                copied = end;
            }
        }
        return edited.append(template.substring(copied))
                .append("\n")
                .append(UPSTREAM)
                .toString();
    }

    private static int endOfBlock(String text, int begin) {
        int depth = 1;
        int at = begin;
        while (depth > 0) {
            char next = text.charAt(at++);
            depth += next == '{' ? 1 : next == '}' ? -1 : 0;
        }
        return at;
    }
}
