package dev.slipway.source;

import java.util.Map;
import java.util.Optional;

/**
 * Some files of a revision, read without laying it out.
 *
 * @param treeId the name of the whole tree: the same for two revisions with the same files
 * @param files text by path; a file that the revision does not have is not in it
 */
public record Contents(String treeId, Map<String, String> files) {

    public Contents {
        files = Map.copyOf(files);
    }

    public Optional<String> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
