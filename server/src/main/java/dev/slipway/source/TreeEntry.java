package dev.slipway.source;

import dev.slipway.model.UserException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code git ls-tree -r -l -z}: a file, a link or a submodule of a revision.
 *
 * @param path relative, its components parted by {@code /}; none of them leads out of the tree
 */
record TreeEntry(Kind kind, String id, long size, String path) {

    /** What git's modes tell apart. */
    enum Kind {
        FILE,
        EXECUTABLE,
        LINK,
        SUBMODULE
    }

    private static final Pattern LINE =
            Pattern.compile("(\\d{6}) [a-z]+ ([0-9a-f]{40,64}) +(\\d+|-)\t(.*)", Pattern.DOTALL);

    TreeEntry {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.stream().anyMatch(TreeEntry::leadsOut)) {
            throw UserException.invalid(
                    "The path " + path + " cannot be laid out: no part of a path may be empty, ., .. or .git");
        }
        if (path.indexOf('\uFFFD') >= 0) {
            throw UserException.invalid("The path " + path + " is not valid UTF-8; rename the file");
        }
    }

    private static boolean leadsOut(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git");
    }

    static TreeEntry parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of git ls-tree: " + line);
        }
        String size = matcher.group(3);
        return new TreeEntry(
                kind(matcher.group(1)),
                matcher.group(2),
                size.equals("-") ? 0 : Long.parseLong(size),
                matcher.group(4));
    }

    /** Bits other than "may be executed" are dropped: a tree may claim any mode. */
    private static Kind kind(String mode) {
        return switch (mode.substring(0, 2)) {
            case "12" -> Kind.LINK;
            case "16" -> Kind.SUBMODULE;
            default -> (Integer.parseInt(mode, 8) & 0100) == 0 ? Kind.FILE : Kind.EXECUTABLE;
        };
    }
}
