package dev.slipway.source;

import java.util.List;

/**
 * What was laid out of a revision.
 *
 * @param bytes the sum of the files' sizes
 * @param submodules the paths of submodules, which are left out: git does not send their files with a push
 */
public record Layout(int files, long bytes, List<String> submodules) {

    public Layout {
        submodules = List.copyOf(submodules);
    }
}
