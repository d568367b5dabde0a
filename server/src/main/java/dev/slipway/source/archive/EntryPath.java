package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Where an entry of an archive belongs in its tree; it cannot lead out of it.
 *
 * @param value relative, its parts parted by {@code /}; empty for the top of the tree itself
 */
record EntryPath(String value) {

    private static final int LONGEST = 4096;

    /** Reads a name as archives write it: {@code ./shop/web.js}, or {@code shop/} for a directory. */
    static EntryPath parse(String name) {
        if (name.startsWith("/")) {
            throw refused("entries with absolute paths", name);
        }
        if (name.length() > LONGEST
                || name.indexOf('\\') >= 0
                || name.indexOf('\uFFFD') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    "names that are too long, or hold backslashes, control characters or what is not UTF-8", name);
        }
        List<String> parts = Arrays.stream(name.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (parts.contains("..")) {
            throw refused("entries with parent directory traversal", name);
        }
        return new EntryPath(String.join("/", parts));
    }

    private static UserException refused(String what, String name) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return UserException.invalid(
                "Archive contains " + what + ": " + shown.replaceAll("\\p{Cntrl}", "?") + "; nothing was taken");
    }

    /** Whether it belongs to the repository that the tree was packed with, which is never a part of a commit. */
    boolean git() {
        return Arrays.stream(value.split("/")).anyMatch(part -> part.equalsIgnoreCase(".git"));
    }

    /**
     * Refuses a link that leads out of the tree.
     *
     * @param stripped how many directories at the top are taken away from the tree
     */
    void refuseLeadingOut(String target, int stripped) {
        if (target.startsWith("/")) {
            throw refused("symlinks with absolute targets", value);
        }
        Deque<String> at = new ArrayDeque<>();
        String[] own = value.split("/");
        for (int i = stripped; i < own.length - 1; i++) {
            at.addLast(own[i]);
        }
        boolean out = target.isEmpty();
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                out |= at.pollLast() == null;
            } else if (!part.isEmpty() && !part.equals(".")) {
                at.addLast(part);
            }
        }
        if (out) {
            throw refused("symlinks pointing outside extraction directory", value);
        }
    }

    /** As git's fast-import reads a path: in quotes, whatever is in it. */
    String quoted() {
        return "\"" + value.replace("\"", "\\\"") + "\"";
    }
}
