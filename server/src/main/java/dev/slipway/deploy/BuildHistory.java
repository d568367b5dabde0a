package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.BuildRecord.Status;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Which builds were made and are being made: each is on record from its start on, and what it prints is kept in a file. */
public final class BuildHistory {

    /** How a build is counted that was ended from outside. */
    private static final int ENDED = -1;

    private static final long RANDOM = 36L * 36 * 36 * 36 * 36 * 36;

    private final Store store;
    private final Path directory;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<AppName, Underway> underway = new ConcurrentHashMap<>();

    BuildHistory(Store store, Path directory, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.clock = clock;
        try {
            PrivateFiles.directory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys what was built before, and puts that on record; as below. */
    void record(App app, Release release, BuildRecord.Origin origin, Console console, Consumer<Console> deploy) {
        record(Source.of(app.name(), release.revision()), origin, console, deploy);
    }

    /** Makes a build and puts it on record; to be called with the app's lock held, so that there is one at a time. */
    void record(Source source, BuildRecord.Origin origin, Console console, Consumer<Console> build) {
        AppName app = source.app();
        BuildRecord record = new BuildRecord(
                id(),
                app,
                origin,
                source.revision(),
                clock.instant(),
                Optional.empty(),
                Status.RUNNING,
                Optional.empty());
        Transcript transcript = Transcript.begin(log(record));
        Underway mine = new Underway(record, transcript, Thread.currentThread());
        store.begin(record);
        underway.put(app, mine);
        Status status = Status.FAILED;
        int exitCode = 1;
        try {
            build.accept(console.copiedTo(transcript));
            status = Status.SUCCEEDED;
            exitCode = 0;
        } catch (UserException e) {
            exitCode = e.exitCode();
            throw mine.explained(e, app);
        } catch (RuntimeException e) {
            exitCode = ENDED;
            throw mine.explained(e, app);
        } finally {
            boolean canceled = mine.over() && status == Status.FAILED;
            try {
                store.finish(record.id(), canceled ? Status.CANCELED : status, canceled ? ENDED : exitCode);
            } finally {
                underway.remove(app);
                mine.close();
            }
            prune(app);
        }
    }

    /** A build that is being made: its thread may be interrupted until it is over, and not a moment longer. */
    private static final class Underway {

        private final String id;
        private final BuildRecord.Kind kind;
        private final Transcript transcript;
        private final Thread thread;
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private boolean over;
        private boolean canceled;

        Underway(BuildRecord record, Transcript transcript, Thread thread) {
            this.id = record.id();
            this.kind = record.kind();
            this.transcript = transcript;
            this.thread = thread;
        }

        synchronized void cancel() {
            if (!over) {
                canceled = true;
                thread.interrupt();
            }
        }

        /** From now on it cannot be canceled; says whether it was, and takes back the interrupt then. For its own thread. */
        synchronized boolean over() {
            over = true;
            if (canceled) {
                boolean _ = Thread.interrupted();
            }
            return canceled;
        }

        /** What failed, as the caller is to see it; it is in the transcript too. */
        RuntimeException explained(RuntimeException failure, AppName app) {
            RuntimeException told = failure;
            if (over()) {
                told = new UserException(
                        UserException.Kind.FAILED,
                        "The " + kind + " of " + app + " was canceled: dokku builds:cancel",
                        failure);
            }
            String text = told instanceof UserException user ? user.text() : "The " + kind + " was stopped";
            new Console(transcript, transcript).warn(text);
            return told;
        }

        void close() {
            try {
                transcript.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                ended.complete(true);
            }
        }
    }

    /** Sortable, as Dokku's: eight characters of time and six of chance. */
    private String id() {
        return pad(Long.toString(clock.millis(), 36), 8) + pad(Long.toString(random.nextLong(RANDOM), 36), 6);
    }

    private static String pad(String text, int length) {
        return "0".repeat(length - text.length()) + text;
    }

    /** Where a build's output is kept. */
    public Path log(BuildRecord build) {
        return directory.resolve(build.id() + ".log");
    }

    /** The builds of an app, newest first. */
    public List<BuildRecord> of(AppName app) {
        return store.builds(app);
    }

    /** The builds that are being made, newest first. */
    public List<BuildRecord> running() {
        return store.runningBuilds();
    }

    /** Copies what a build printed, and goes on until it has ended. */
    public void print(BuildRecord build, OutputStream to) {
        Underway live = underway.get(build.app());
        if (live != null && live.id.equals(build.id())) {
            live.transcript.follow(to);
            return;
        }
        try (InputStream log = Files.newInputStream(log(build))) {
            Transcript.pass(log, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the build that is being made of an app, and waits until that is done: the release before it goes on serving.
     *
     * @param begun told once it is being ended
     * @return its record as it is then; empty if there was none
     */
    public Optional<BuildRecord> cancel(AppName app, Runnable begun) {
        Underway live = underway.get(app);
        if (live == null) {
            return Optional.empty();
        }
        begun.run();
        live.cancel();
        try {
            live.ended.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody waits any more");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return store.builds(app).stream()
                .filter(build -> build.id().equals(live.id))
                .findFirst();
    }

    /** Removes the oldest records of an app beyond those that are to be kept. */
    public void prune(AppName app) {
        store.find(app)
                .ifPresent(found -> store.builds(app).stream()
                        .filter(build -> build.status() != Status.RUNNING)
                        .skip(new Settings(found, store.globalProperties()).retention())
                        .forEach(this::remove));
    }

    private void remove(BuildRecord build) {
        try {
            Files.deleteIfExists(log(build));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.removeBuild(build.id());
    }

    /** Removes all that is kept of an app's builds. */
    void forget(AppName app) {
        store.builds(app).forEach(this::remove);
    }

    /** Tells of builds that a daemon before this one did not end: they have failed. */
    void resume() {
        for (BuildRecord build : store.runningBuilds()) {
            store.finish(build.id(), Status.FAILED, ENDED);
            try (OutputStream log = new FileOutputStream(log(build).toFile(), true)) {
                log.write((" !     The server ended while this " + build.kind() + " was under way\n")
                        .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
