package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Speaks git with a client: takes its pushes, and serves its clones and fetches. */
public final class Transfers {

    /** A push holds a build, which has limits of its own; this one only ends what hangs. */
    private static final Duration LONGEST_PUSH = Duration.ofHours(24);

    private static final Duration LONGEST_FETCH = Duration.ofHours(2);

    private final GitSetup setup;
    private final Runner runner;

    public Transfers(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
    }

    /**
     * Serves a {@code git push} to its end. The handler runs in a thread of its own once git has all objects and before it moves a ref.
     * If the calling thread is interrupted, git is stopped, the handler interrupted, and both awaited.
     *
     * @return the exit code of {@code git receive-pack}: 0 also where the push was refused, which the client learns by git's protocol
     */
    public int receivePack(AppName app, Wire wire, PushHandler handler) {
        try (Rendezvous rendezvous = Rendezvous.open(setup, runner)) {
            Reception reception = new Reception(app, rendezvous, handler);
            int exitCode;
            try {
                exitCode = runner.stream(receive(app, wire, rendezvous), wire.streams());
            } catch (ProgramFailure e) {
                reception.end().ifPresent(e::addSuppressed);
                throw e;
            }
            Optional<RuntimeException> bug = reception.end();
            if (bug.isPresent()) {
                throw bug.get();
            }
            return exitCode;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot talk to git about the push to " + app, e);
        }
    }

    /** Serves a {@code git clone} or {@code git fetch} to its end, and gives git's exit code. */
    public int uploadPack(AppName app, Wire wire) {
        Command serve = setup.git(
                List.of(setup.safe(app)),
                List.of("upload-pack", "--strict", setup.repository(app).toString()));
        return runner.stream(offer(wire, serve).within(LONGEST_FETCH), wire.streams());
    }

    private Command receive(AppName app, Wire wire, Rendezvous rendezvous) {
        List<String> options = List.of(
                setup.safe(app),
                "core.hooksPath=" + setup.hooks(),
                "receive.maxInputSize=" + setup.largestPush(),
                "receive.autogc=false",
                "receive.fsckObjects=true",
                // Old tools wrote these into histories that are pushed to this day; they harm nothing.
                "receive.fsck.zeroPaddedFilemode=ignore",
                "receive.fsck.badTimezone=ignore",
                "receive.fsck.missingSpaceBeforeDate=ignore",
                // The handler decides what may be deleted or rewound, and says why not.
                "receive.denyDeletes=false",
                "receive.denyDeleteCurrent=ignore",
                "receive.denyNonFastForwards=false");
        Command serve =
                setup.git(options, List.of("receive-pack", setup.repository(app).toString()));
        return offer(wire, serve)
                .environment("SLIPWAY_PUSH", rendezvous.directory().toString())
                .within(LONGEST_PUSH);
    }

    private static Command offer(Wire wire, Command command) {
        return wire.protocol()
                .map(version -> command.environment("GIT_PROTOCOL", version))
                .orElse(command);
    }
}
