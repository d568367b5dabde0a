package dev.slipway.source.archive;

import dev.slipway.model.UserException;

/**
 * How much one archive may hold.
 *
 * @param files files and links together
 * @param bytes of the archive itself, and of all that it holds unpacked
 */
public record ArchiveLimits(int files, long bytes) {

    void refuseFiles(int count) {
        if (count > files) {
            throw UserException.invalid("The archive holds more than " + files
                    + " files, the most that git:set --global archive-max-files allows");
        }
    }

    /** @param what {@code The archive} or {@code What the archive holds} */
    void refuseBytes(long count, String what) {
        if (count > bytes) {
            throw UserException.invalid(what + " is larger than " + bytes
                    + " bytes, the most that git:set --global archive-max-size allows");
        }
    }
}
