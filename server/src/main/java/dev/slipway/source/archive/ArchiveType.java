package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How an archive is packed, in Dokku's words. */
public enum ArchiveType {
    TAR("tar"),
    TAR_GZ("tar.gz"),
    ZIP("zip");

    private final String word;

    ArchiveType(String word) {
        this.word = word;
    }

    /** @throws UserException that lists what there is */
    public static ArchiveType parse(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> UserException.invalid("Invalid archive type specified, valid archive types include: "
                        + Arrays.stream(values()).map(ArchiveType::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return word;
    }
}
