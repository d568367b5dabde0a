package dev.slipway.proxy.nginx.site;

import dev.slipway.model.AppName;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where nginx's files are. The paths must be absolute, and nginx's user must be able to pass through the directories above them.
 *
 * @param tree nginx's own: main configuration, temporary files, sockets
 * @param apps one directory for each app, what templates see as {@code DOKKU_ROOT}
 * @param lib what templates see as {@code DOKKU_LIB_ROOT}
 * @param logs the access and error logs of the sites, what templates see as {@code NGINX_LOG_ROOT}
 */
public record NginxDirectories(Path tree, Path apps, Path lib, Path logs) {

    /** The path of a unix socket has to fit 108 bytes, its final NUL included. */
    private static final int LONGEST_SOCKET = 107;

    /** Templates write these paths without quotes. */
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9._/@+-]+");

    public NginxDirectories {
        for (Path directory : List.of(tree, apps, lib, logs)) {
            if (!PLAIN.matcher(directory.toString()).matches()) {
                throw new IllegalArgumentException("not a plain absolute path: " + directory);
            }
        }
        if (control(tree).toString().length() > LONGEST_SOCKET) {
            throw new IllegalArgumentException("the path of nginx's directory is too long for a unix socket: " + tree);
        }
    }

    public Path main() {
        return tree.resolve("nginx.conf");
    }

    public Path staging() {
        return tree.resolve("staging");
    }

    public Path temporary() {
        return tree.resolve("temp");
    }

    /** What nginx itself writes: pid, socket, its own log. */
    public Path run() {
        return tree.resolve("run");
    }

    public Path pid() {
        return run().resolve("nginx.pid");
    }

    public Path control() {
        return control(tree);
    }

    public Path notices() {
        return run().resolve("error.log");
    }

    /** An empty directory: all that a template without a tree of its own may read. */
    public Path nothing() {
        return tree.resolve("nothing");
    }

    public Path published() {
        return tree.resolve("www");
    }

    public Path errorPages() {
        return lib.resolve("data/nginx-vhosts/dokku-errors");
    }

    public Path app(AppName app) {
        return apps.resolve(app.value());
    }

    public Path site(AppName app) {
        return app(app).resolve("nginx.conf");
    }

    public Path snippets(AppName app) {
        return app(app).resolve("nginx.conf.d");
    }

    public Path tls(AppName app) {
        return app(app).resolve("tls");
    }

    private static Path control(Path tree) {
        return tree.resolve("run/control.sock");
    }
}
