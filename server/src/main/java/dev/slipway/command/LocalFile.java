package dev.slipway.command;

import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file of this machine that a caller names. The daemon may read them all, so only who is root here anyway may name one; a relative name
 * begins at the caller's own directory.
 */
final class LocalFile {

    /** Certificates, keys and the like: none is larger. */
    private static final long LARGEST = 1L << 20;

    private LocalFile() {}

    /**
     * Reads a text file.
     *
     * @param instead what to do over ssh, for the caller who is not at the machine
     */
    static String read(Call call, String name, String instead) {
        Path path = existing(call, name, instead);
        try {
            if (Files.size(path) > LARGEST) {
                throw UserException.invalid(path + " is larger than " + LARGEST + " bytes");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new UserException(Kind.INVALID, path + " is not a text file", e);
        } catch (IOException e) {
            throw new UserException(Kind.INVALID, path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The path of a file that is there; the same callers may name one. */
    static Path existing(Call call, String name, String instead) {
        if (!call.caller().local()) {
            throw new UserException(
                    Kind.FORBIDDEN, "Files are read for the machine's administrator only; over ssh " + instead);
        }
        Path path = path(call, name);
        if (!Files.isRegularFile(path)) {
            throw UserException.notFound("There is no file " + path);
        }
        return path;
    }

    private static Path path(Call call, String name) {
        try {
            Path path = call.caller()
                    .directory()
                    .map(directory -> directory.resolve(name))
                    .orElseGet(() -> Path.of(name))
                    .normalize();
            if (!path.isAbsolute()) {
                throw UserException.invalid("Give the absolute path of " + Words.shown(name));
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UserException(Kind.INVALID, Words.shown(name) + " is not the name of a file", e);
        }
    }
}
