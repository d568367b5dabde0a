package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import dev.slipway.proxy.nginx.site.Candidate;
import java.util.Optional;

/** One app's next state: a site, or none. */
record Change(AppName app, Optional<Candidate> site) {

    static Change to(Candidate candidate) {
        return new Change(candidate.app(), Optional.of(candidate));
    }

    static Change without(AppName app) {
        return new Change(app, Optional.empty());
    }
}
