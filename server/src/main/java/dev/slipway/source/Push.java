package dev.slipway.source;

import dev.slipway.model.AppName;
import java.util.List;

/** One push, before any ref has moved: what it wants to change, and where its objects are meanwhile. */
public record Push(AppName app, List<RefUpdate> updates, Quarantine quarantine) {

    public Push {
        updates = List.copyOf(updates);
    }
}
