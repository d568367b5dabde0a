package dev.slipway.bench;

import dev.slipway.exec.Command;
import dev.slipway.proxy.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The nginx that a person would write by hand in front of the same processes: as many workers, no privileges, nothing that is not needed. */
final class PlainNginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            daemon off;
            worker_processes auto;
            pid DIR/nginx.pid;
            error_log stderr notice;
            events {
              worker_connections 16384;
            }
            http {
              client_body_temp_path DIR/body;
              proxy_temp_path DIR/proxy;
              fastcgi_temp_path DIR/fastcgi;
              uwsgi_temp_path DIR/uwsgi;
              scgi_temp_path DIR/scgi;
              access_log DIR/access.log;
              upstream web {
                WEB
                keepalive 32;
              }
              upstream ws {
                WS
              }
              server {
                listen 127.0.0.1:PORT;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                location / {
                  proxy_set_header Connection "";
                  proxy_pass http://web;
                }
                location /echo {
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection upgrade;
                  proxy_pass http://ws;
                }
              }
            }
            """;

    private static final String WEB = Pattern.quote(Lab.APP + "-5000");

    /** By the example's own template, or by a route. */
    private static final String WS = Pattern.quote(Lab.APP) + "(?:-ws|\\+ws\\+5000)";

    private final Background process;
    private final int port;

    private PlainNginx(Background process, int port) {
        this.process = process;
        this.port = port;
    }

    static PlainNginx start(Lab lab) {
        Path directory = lab.work("plain");
        Path configuration = directory.resolve("nginx.conf");
        int port = FreePort.find();
        String platform = lab.must(lab.clients().dokku("nginx:show-config", Lab.APP));
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(
                    configuration,
                    CONFIGURATION
                            .replace("DIR", directory.toString())
                            .replace("PORT", String.valueOf(port))
                            .replace("WEB", servers(platform, WEB))
                            .replace("WS", servers(platform, WS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Background process = Background.start(command(configuration), Map.of("PATH", Command.PATH));
        process.await("start worker process ");
        process.discard();
        return new PlainNginx(process, port);
    }

    private static List<String> command(Path configuration) {
        return List.of(
                "setpriv",
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                "nginx",
                "-p",
                configuration.getParent() + "/",
                "-e",
                "stderr",
                "-c",
                configuration.toString());
    }

    /** The platform's own upstream, so that both lead to the same processes. */
    private static String servers(String configuration, String upstream) {
        Matcher block = Pattern.compile("upstream " + upstream + " \\{([^}]*)}").matcher(configuration);
        if (!block.find()) {
            throw new IllegalStateException("the platform's nginx has no upstream " + upstream);
        }
        return block.group(1)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("server "))
                .collect(Collectors.joining(" "));
    }

    int port() {
        return port;
    }

    /** Its master process. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
