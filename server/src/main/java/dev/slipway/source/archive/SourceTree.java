package dev.slipway.source.archive;

import java.util.Map;

/** What has to be known of a tree once it was read: its links, to be judged again when directories at the top are taken away. */
public final class SourceTree {

    private final Map<EntryPath, String> links;

    SourceTree(Map<EntryPath, String> links) {
        this.links = Map.copyOf(links);
    }

    /** @throws dev.slipway.model.UserException if a link leads out of what is left of the tree then */
    public void refuseLinksOut(int stripped) {
        links.forEach((path, target) -> path.refuseLeadingOut(target, stripped));
    }
}
