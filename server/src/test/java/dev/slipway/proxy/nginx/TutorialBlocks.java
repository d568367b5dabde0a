package dev.slipway.proxy.nginx;

/** What the tutorial adds to the default template. */
public final class TutorialBlocks {

    /** For both of the template's servers, behind the location that serves {@code /}, with an empty line between. */
    public static final String LOCATION = """

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

    /** For the end of the template. */
    public static final String UPSTREAM = """
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

    private TutorialBlocks() {}
}
