package dev.slipway.proxy.nginx;

import dev.slipway.model.UserException;
import dev.slipway.proxy.nginx.explain.Includes;
import dev.slipway.proxy.nginx.explain.Source;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** What the running nginx has read, with names for its lines: the user's template where a line came from one. */
final class LiveText implements Includes {

    private final NginxDirectories directories;
    private final Map<Path, Candidate> sites = new HashMap<>();

    LiveText(NginxDirectories directories, Fleet fleet) {
        this.directories = directories;
        fleet.sites().values().forEach(site -> sites.put(directories.site(site.app()), site));
    }

    Source main() {
        return read(directories.main());
    }

    @Override
    public List<Source> matching(String pattern) {
        Path path = directories.tree().resolve(pattern);
        Path directory = path.getParent();
        if (directory == null || directory.toString().matches(".*[*?\\[].*")) {
            throw UserException.failed("The include of " + pattern + " cannot be followed: name one directory in it");
        }
        if (!pattern.matches(".*[*?\\[].*")) {
            return List.of(source(path));
        }
        List<Source> sources = new ArrayList<>();
        listed(directory, String.valueOf(path.getFileName())).forEach(file -> sources.add(source(file)));
        return sources;
    }

    /** As glob(3) lists them: sorted, without those that begin with a dot. */
    private static SortedSet<Path> listed(Path directory, String glob) {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, glob)) {
            for (Path file : all) {
                if (!String.valueOf(file.getFileName()).startsWith(".")) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // To nginx too, a pattern may match nothing.
            return files;
        } catch (IOException e) {
            throw UserException.failed("Cannot list " + directory + ": " + e.getMessage());
        }
        return files;
    }

    private Source source(Path file) {
        Candidate site = sites.get(file);
        return site == null ? read(file) : site(site);
    }

    private Source site(Candidate site) {
        Origin origin = site.origin();
        String name = name(directories.site(site.app()));
        IntFunction<String> where = line -> name + ":" + line
                + (origin.template().equals(origin.rendered())
                                || line > origin.rendered().lines().count()
                        ? ""
                        : " (" + origin.file() + ":" + origin.lines().applyAsInt(line) + ")");
        return new Source(name, site.text(), where);
    }

    private Source read(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String name = name(file);
            return new Source(name, text, line -> name + ":" + line);
        } catch (IOException e) {
            throw UserException.failed("Cannot read " + file + ", which nginx has read: " + e.getMessage());
        }
    }

    /** From the app's name on, as its users know it. */
    private String name(Path file) {
        return Optional.of(file)
                .filter(path -> path.startsWith(directories.apps()))
                .map(path -> directories.apps().relativize(path))
                .orElse(file)
                .toString();
    }
}
