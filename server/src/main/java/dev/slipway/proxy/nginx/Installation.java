package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The directories and files that do not depend on any app. */
record Installation(NginxDirectories directories, ConfigurationFiles files) {

    private static final List<String> ERROR_PAGES =
            List.of("400-error.html", "404-error.html", "500-error.html", "502-error.html");

    /** Lays them out, or mends them. */
    void lay(String defaultTemplate) {
        List.of(directories.tree(), directories.apps(), directories.lib(), directories.logs())
                .forEach(Installation::checkWay);
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

    /** Whether anything was moved. */
    boolean rotateLogs(long largest) {
        List<Path> grown = new ArrayList<>();
        for (Path directory : List.of(directories.logs(), directories.run())) {
            try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.log")) {
                for (Path log : logs) {
                    if (Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) && Files.size(log) > largest) {
                        Files.move(log, rotated(log), StandardCopyOption.REPLACE_EXISTING);
                        grown.add(log);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot rotate the logs in " + directory, e);
            }
        }
        return !grown.isEmpty();
    }

    /** Deletes an app's directory, so that the next app of its name does not begin with it, and the logs that it has unless it says otherwise. */
    void forget(AppName app) {
        files.deleteTree(directories.app(app));
        for (String kind : List.of("access", "error")) {
            Path log = directories.logs().resolve(app + "-" + kind + ".log");
            files.delete(log);
            files.delete(rotated(log));
        }
    }

    /** Copies an app's snippets to another app. */
    void carry(AppName from, AppName to) {
        Path snippets = directories.snippets(from);
        if (Files.notExists(snippets)) {
            return;
        }
        files.readable(directories.app(to));
        files.readable(directories.snippets(to));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(snippets)) {
            for (Path snippet : all) {
                if (Files.isRegularFile(snippet, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(
                            snippet,
                            directories.snippets(to).resolve(snippet.getFileName()),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + snippets + " for " + to, e);
        }
    }

    private static Path rotated(Path log) {
        return log.resolveSibling(log.getFileName() + ".1");
    }

    /** nginx's user is a stranger to every directory above its own. */
    private static void checkWay(Path directory) {
        for (Path above = directory.getParent(); above != null; above = above.getParent()) {
            try {
                if (Files.exists(above)
                        && !Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw UserException.failed("nginx, which runs as a user of its own, cannot pass through " + above
                            + ": allow it with chmod o+x " + above);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the mode of " + above, e);
            }
        }
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
