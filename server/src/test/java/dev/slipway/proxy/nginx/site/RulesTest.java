package dev.slipway.proxy.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.AppName;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app's own template may say; no nginx runs here. */
class RulesTest {

    private static final NginxDirectories DIRECTORIES = new NginxDirectories(
            Path.of("/data/nginx"), Path.of("/data/apps"), Path.of("/data/lib"), Path.of("/data/log"));

    /** Listens on one address, and has no IPv6. */
    private static final NginxSettings SETTINGS = new NginxSettings(
            Path.of("/usr/sbin/nginx"),
            DIRECTORIES,
            20_000,
            new HostPorts(80, 443),
            List.of("127.0.0.1"),
            List.of(),
            20_000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    load_module modules/x.so;                            | not allowed
                    user root;                                           | not allowed
                    daemon off;                                          | not allowed
                    env PATH;                                            | not allowed
                    stream { server { listen 1; } }                      | not allowed
                    gzip on;                                             | would apply to every app
                    include /etc/passwd;                                 | not a file of shop
                    server { include /etc/passwd; }                      | not a file of shop
                    server { include ../other/nginx.conf; }              | not a file of shop
                    map $a $b { include /etc/passwd; }                   | not a file of shop
                    server { location / { root /; } }                    | not a file of shop
                    server { location / { alias /etc/; } }               | not a file of shop
                    server { location / { root "/etc"; } }               | not a file of shop
                    server { location / { ro\\ot x; } }                  | none
                    server { root {{ $.DOKKU_ROOT }}/other; }            | not a file of shop
                    server { root {{ $.DOKKU_ROOT }}/shop/../other; }    | not a file of shop
                    server { root {{ $.DOKKU_ROOT }}/$host; }            | not a file of shop
                    server { try_files /../../etc/passwd =404; }         | try_files cannot take
                    server { try_files $arg_file =404; }                 | try_files cannot take
                    server { try_files $uri /x?$args =404; }             | try_files cannot take "/x?$args"
                    server { try_files $uri $arg_file?$args; }           | try_files cannot take "$arg_file?$args"
                    server { try_files $uri /../etc/passwd?$args; }      | try_files cannot take
                    server { include /etc/nginx/nginx.conf; }            | not a file of shop
                    server { include /etc/nginx/snippets/mime.types; }   | not a file of shop
                    server { root /etc/nginx/mime.types; }               | not a file of shop
                    server { root proxy_params; }                        | not a file of shop
                    server { ssl_certificate {{ $.APP_SSL_PATH }}/server.crt; } | shop has no certificate yet: add one with certs:generate shop DOMAIN
                    server { ssl_certificate {{ $.DOKKU_ROOT }}/other/tls/server.crt; } | not the app's certificate
                    server { ssl_certificate data:$x; }                  | not the app's certificate
                    server { ssl_conf_command Certificate /x; }          | not allowed
                    server { access_log /root/x; }                       | not a log of shop
                    server { access_log {{ $.NGINX_LOG_ROOT }}/other-access.log; } | not a log of shop
                    server { error_log /var/log/nginx/../x; }            | not a log of shop
                    server { error_log syslog:server=unix:/x; }          | not a log of shop
                    server { server_name other.test; }                   | not a domain of shop: add it with domains:add shop other.test
                    server { server_name *.test; }                       | not a domain of shop
                    server { server_name ~^.*$; }                        | not a domain of shop
                    server { listen 80 default_server; }                 | "default_server" would take
                    server { listen unix:/tmp/x; }                       | cannot listen on a unix socket
                    upstream other { server 10.0.0.1; }                  | call it shop-other
                    upstream shop-x { server unix:/run/docker.sock; }    | cannot reach unix sockets
                    upstream shop-x { server 127.0.0.1:2222; }           | is this machine itself
                    upstream shop-x { server 169.254.169.254; }          | is this machine itself
                    server { location / { proxy_pass http://unix:/x:/; } } | cannot reach unix sockets
                    server { location / { proxy_pass http://localhost:1/; } } | is this machine itself
                    server { location / { proxy_pass http://[::1]:1/; } } | is this machine itself
                    server { location / { proxy_pass http://$arg_x/; } } | must not be a variable
                    server { location / { fastcgi_pass unix:/x; } }      | cannot reach unix sockets
                    server { location / { proxy_store on; } }            | not allowed
                    server { location / { proxy_temp_path /tmp; } }      | not allowed
                    server { location / { content_by_lua_block { x; } } } | would run code in the nginx of all apps): remove it
                    server { location / { content_by_lua_block { a("it's", "b") } } } | "content_by_lua_block" is not allowed
                    proxy_cache_path /tmp/x keys_zone=x:1m;              | would have the nginx of all apps write files): remove it
                    server { location / { if ($a) { access_log /x; } } } | not a log of shop
                    map $a $slipway_upgrade { default x; }               | choose another name
                    map $a $Slipway_Upgrade { default x; }               | choose another name
                    server { set $SLIPWAY_UPGRADE x; }                   | choose another name
                    server { location / { auth_request_set $slipway_mark $a; } } | choose another name
                    server { location ~ ^/(?<slipway_upgrade>.*) { } }   | choose another name
                    server { if ($arg_x ~ "(?P<SLIPWAY_MARK>.)") { return 204; } } | choose another name
                    map $a $b { "~(?'slipway_upgrade'.)" x; }            | choose another name
                    """)
    void refuses(String text, String why) {
        Site site = site(text + "\n");
        if (why.equals("none")) {
            assertThat(renderer().render(site).text()).contains("ro\\ot");
            return;
        }
        assertThatThrownBy(() -> renderer().render(site))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("nginx.conf.sigil:1: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "map $http_upgrade $connection_upgrade { default upgrade; '' close; }",
                "server { location / { set $a $slipway_upgrade; auth_request_set $b $slipway_mark; } }",
                "map $slipway_upgrade $connection { default upgrade; '' close; }",
                "limit_req_zone $binary_remote_addr zone=shop:1m rate=1r/s;",
                "server { access_log /var/log/nginx/shop-access.log; error_log /var/log/nginx/shop-x.log warn; }",
                "server { access_log off; error_log /dev/null crit; access_log syslog:server=10.0.0.1; }",
                "server { server_name shop.test _ \"\"; }",
                "server { include /home/dokku/shop/nginx.conf.d/*.conf; }",
                "server { root /var/lib/dokku/data/nginx-vhosts/dokku-errors; }",
                "server { ssl_certificate_key /home/dokku/shop/tls/server.key; }",
                "server { location / { try_files $uri $uri/ /index.php?q=$uri&$args; } }",
                "server { location / { try_files $uri /index.php$is_args$args; } }",
                "server { location / { include proxy_params; include fastcgi_params; } }",
                "server { include /etc/nginx/mime.types; location / { include /etc/nginx/uwsgi_params; } }",
                "server { location / { try_files $uri $uri/ /index.html =404; } }",
                "upstream shop { server 127.0.0.1:65535; } upstream shop-ws { server 10.0.0.1:5000; }",
                "server { location / { proxy_pass http://shop-5000; } }",
                "server { location / { proxy_pass $scheme://shop-5000$request_uri; } }",
                "server { location / { proxy_pass https://example.com/x; } }",
            })
    void allows(String text) {
        assertThat(renderer().render(site(text + "\n")).text()).isNotEmpty();
    }

    @Test
    void pathsOfDokkuBecomeOurs() {
        String text = renderer().render(site("""
                                server {
                                  access_log /var/log/nginx/shop-access.log combined;
                                  error_log "/var/log/nginx/shop-error.log";
                                  root /var/lib/dokku/data/nginx-vhosts/dokku-errors;
                                  include /home/dokku/shop/nginx.conf.d/*.conf;
                                  return 200 /home/dokku/stays;
                                }
                                """)).text();

        assertThat(text).isEqualTo("""
                        server {
                          access_log LOGS/shop-access.log combined;
                          error_log "LOGS/shop-error.log";
                          root LIB/data/nginx-vhosts/dokku-errors;
                          include APPS/shop/nginx.conf.d/*.conf;
                          return 200 /home/dokku/stays;
                        }
                        """.replace("LOGS", DIRECTORIES.logs().toString())
                .replace("LIB", DIRECTORIES.lib().toString())
                .replace("APPS", DIRECTORIES.apps().toString()));
    }

    @Test
    void aLogThatNamesNoFormatMarksUpgradedRequests() {
        String text = renderer()
                .render(site("""
                                map $status $loggable { access_log 1; }
                                server {
                                  access_log "LOGS/shop-access.log";
                                  access_log syslog:server=10.0.0.1;
                                  access_log LOGS/shop-a.log combined;
                                  access_log LOGS/shop-b.log main if=$loggable;
                                  error_log LOGS/shop-error.log;
                                  location / { access_log off; }
                                  location /a { access_log /var/log/nginx/shop-c.log
                                    ; }
                                }
                                """.replace("LOGS", DIRECTORIES.logs().toString())))
                .text();

        assertThat(text).isEqualTo("""
                        map $status $loggable { access_log 1; }
                        server {
                          access_log "LOGS/shop-access.log" slipway;
                          access_log syslog:server=10.0.0.1 slipway;
                          access_log LOGS/shop-a.log combined;
                          access_log LOGS/shop-b.log main if=$loggable;
                          error_log LOGS/shop-error.log;
                          location / { access_log off; }
                          location /a { access_log LOGS/shop-c.log slipway
                            ; }
                        }
                        """.replace("LOGS", DIRECTORIES.logs().toString()));
    }

    @Test
    void listensWhereTheInstallationDoes() {
        Candidate candidate = renderer()
                .render(
                        site(
                                "server {\n  listen [::]:81\n    ssl;\n  listen 81;\n  listen *:82;\n  listen 127.0.0.9:83;\n}\n"));

        assertThat(candidate.text())
                .isEqualTo(
                        "server {\n  \n\n  listen 127.0.0.1:81;\n  listen 127.0.0.1:82;\n  listen 127.0.0.9:83;\n}\n");
        assertThat(candidate.endpoints())
                .extracting(Endpoint::place)
                .containsExactlyInAnyOrder("127.0.0.1:81", "127.0.0.1:82", "127.0.0.9:83");
    }

    @Test
    void everyFindingIsTold() {
        Site site = site("server {\n  root /etc;\n  access_log /x;\n}\n");

        assertThatThrownBy(() -> renderer().render(site))
                .hasMessageContainingAll("nginx.conf.sigil:2: ", "nginx.conf.sigil:3: ");
    }

    private Renderer renderer() {
        NginxVersion version = new NginxVersion(1, 22, 1, true, true);
        return new Renderer(SETTINGS, version, "");
    }

    @Test
    void aCertificateThatIsThere() {
        Site site = site("server {\n  ssl_certificate {{ $.APP_SSL_PATH }}/server.crt;\n}\n")
                .withCertificate(
                        Optional.of(SelfSigned.make(List.of(new Domain("shop.test")), Instant.now())),
                        List.of(PortMapping.parse("http:80:5000")));

        assertThat(renderer().render(site).text()).contains("/shop/tls/server.crt");
    }

    @Test
    void whatNginxKnowsByNameIsReadWhereItsPackagesPutIt() {
        assertThat(renderer()
                        .render(site("server {\n  include proxy_params;\n  include  \"mime.types\";\n}\n"))
                        .text())
                .isEqualTo("server {\n  include /etc/nginx/proxy_params;\n  include  /etc/nginx/mime.types;\n}\n");
    }

    @Test
    void whatAskedForSpdyIsServedByItsSuccessor() {
        assertThat(renderer()
                        .render(site("server {\n  listen [::]:81 ssl spdy;\n  listen 81 ssl spdy;\n}\n"))
                        .text())
                .isEqualTo("server {\n  \n  listen 127.0.0.1:81 ssl http2;\n}\n");
    }

    private static Site site(String template) {
        return new Site(
                new AppName("shop"),
                Optional.of(new Site.Template("nginx.conf.sigil", template)),
                List.of(new Domain("shop.test")),
                List.of(PortMapping.parse("http:80:5000")),
                new LinkedHashMap<>(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Config.EMPTY);
    }
}
