package dev.slipway.sigil;

import dev.slipway.sigil.functions.TemplateFiles.Entry;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads files and directories, and says what failed in the words of Go. */
final class FileErrors {
    /** Java adds it to what the system says of a link that leads to itself. */
    private static final String JAVAS_OWN_GUESS = " or unable to access attributes of symbolic link";

    private FileErrors() {}

    static String read(Path file, String shown) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException failure) {
            boolean directory = Files.isDirectory(file);
            throw problem(directory ? "read" : "open", shown, directory ? "is a directory" : reason(failure));
        }
    }

    static List<Entry> list(Path directory, String shown) {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> entries.add(new Entry(
                    Bytes.of(String.valueOf(file.getFileName())), Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))));
        } catch (IOException failure) {
            throw problem("open", shown, reason(failure));
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException ignored -> "no such file or directory";
            case AccessDeniedException ignored -> "permission denied";
            case NotDirectoryException ignored -> "not a directory";
            case FileSystemException system
            when system.getReason() != null ->
                system.getReason().toLowerCase(Locale.ROOT).replace(JAVAS_OWN_GUESS, "");
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static FunctionException problem(String operation, String file, String reason) {
        return new FunctionException(operation + " " + file + ": " + reason);
    }
}
