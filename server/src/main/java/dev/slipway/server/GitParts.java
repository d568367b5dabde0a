package dev.slipway.server;

import dev.slipway.exec.Runner;
import dev.slipway.source.Credentials;
import dev.slipway.source.GitSetup;
import dev.slipway.source.Imports;
import dev.slipway.source.Mirrors;
import dev.slipway.source.Remotes;
import dev.slipway.source.Repositories;
import dev.slipway.source.Revisions;
import dev.slipway.source.Transfers;

/** What works with git, on one set of repositories and with one set of credentials. */
record GitParts(GitSetup setup, Runner runner, Repositories repositories, Credentials credentials) {

    GitParts(GitSetup setup, Runner runner) {
        // The repositories come first: they make the directories that the credentials lie in.
        this(setup, runner, new Repositories(setup, runner), new Credentials(setup, runner));
    }

    Revisions revisions() {
        return new Revisions(setup, runner);
    }

    Mirrors mirrors() {
        return new Mirrors(setup, runner, credentials);
    }

    Imports imports() {
        return new Imports(setup, runner);
    }

    Remotes remotes() {
        return new Remotes(setup, runner, credentials);
    }

    Transfers transfers() {
        return new Transfers(setup, runner);
    }
}
