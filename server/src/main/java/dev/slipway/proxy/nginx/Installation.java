package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The directories and files that do not depend on any app. */
record Installation(NginxDirectories directories, ConfigurationFiles files) {

    private static final List<String> ERROR_PAGES =
            List.of("400-error.html", "404-error.html", "500-error.html", "502-error.html");

    /** Lays them out, or mends them. */
    void lay(String defaultTemplate) {
        files.passable(directories.tree());
        files.passable(directories.apps());
        files.readable(directories.published());
        files.readable(directories.nothing());
        files.writable(directories.run());
        files.writable(directories.temporary());
        files.writable(directories.logs());
        files.write(directories.tree().resolve("mime.types"), Resources.text("mime.types"));
        files.write(directories.published().resolve("nginx.conf.sigil"), defaultTemplate);
        layErrorPages();
    }

    /** What is on disk of an app's site. */
    Optional<String> text(AppName app) {
        return files.read(directories.site(app));
    }

    private void layErrorPages() {
        Path directory = directories.lib();
        files.passable(directory);
        for (Path name : directory.relativize(directories.errorPages())) {
            directory = directory.resolve(name);
            files.passable(directory);
        }
        for (String page : ERROR_PAGES) {
            files.write(directory.resolve(page), Resources.text("errors/" + page));
        }
    }
}
