package dev.slipway.model;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or directory of the machine that an app's processes see, in Dokku's words {@code /host/path:/app/storage} or
 * {@code /host/path:/app/storage:ro}.
 *
 * @param inside where processes see it
 */
public record StorageMount(Path host, Path inside, boolean readOnly) {

    private static final Pattern FORM = Pattern.compile("(/[^:\\p{Cntrl}]*):(/[^:\\p{Cntrl}]*)(?::(ro|rw))?");

    private static final int LONGEST = 1024;

    /** What belongs to the sandbox: its programs, its kernel's files, and the app itself. */
    private static final List<Path> TAKEN = List.of(
            Path.of("/bin"),
            Path.of("/boot"),
            Path.of("/dev"),
            Path.of("/etc"),
            Path.of("/lib"),
            Path.of("/lib32"),
            Path.of("/lib64"),
            Path.of("/libx32"),
            Path.of("/proc"),
            Path.of("/sbin"),
            Path.of("/sys"),
            Path.of("/usr"));

    private static final List<Path> TAKEN_AS_SUCH =
            List.of(Path.of("/"), Path.of("/app"), Path.of("/tmp"), Path.of("/var"), Path.of("/var/tmp"));

    public StorageMount {
        if (TAKEN.stream().anyMatch(inside::startsWith) || TAKEN_AS_SUCH.contains(inside)) {
            throw UserException.invalid("Storage cannot be mounted at " + inside
                    + ", which is the sandbox's own: choose another place, such as /app/storage or /data");
        }
    }

    /** @throws UserException that says how a mount is written */
    public static StorageMount parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw UserException.invalid(
                    "Storage path must be two valid paths divided by colon: HOST:CONTAINER, or" + " HOST:CONTAINER:ro");
        }
        return new StorageMount(path(form.group(1)), path(form.group(2)), "ro".equals(form.group(3)));
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (!path.normalize().equals(path) || text.indexOf('\uFFFD') >= 0) {
                throw UserException.invalid("Storage path must be a plain one, without . or ..: " + text);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UserException(UserException.Kind.INVALID, "Storage path cannot be a path", e);
        }
    }

    /** The same, for reading only. */
    public StorageMount closed() {
        return new StorageMount(host, inside, true);
    }

    @Override
    public String toString() {
        return host + ":" + inside + (readOnly ? ":ro" : "");
    }
}
