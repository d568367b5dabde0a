package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.Healthcheck;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.schedule.Scheduler.Listening;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Waits until started processes are healthy: no longer than it takes, and not a moment after one of them died. */
final class Checks {

    /** Nothing tells when a program begins to listen, so it is looked for this often; a look reads one file of /proc. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final int LAST_LINES = 20;

    /** In bytes: a process that is checked must not fill the daemon's memory. */
    private static final long LARGEST_ANSWER = 16L << 20;

    private final Scheduler scheduler;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Checks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Waits for one process.
     *
     * @throws UserException if it exits, or does not become healthy within the bounds of a check
     */
    void await(Running process, List<Healthcheck> checks, Console console) {
        console.detail("Attempting pre-flight checks (" + process.name() + ")");
        for (Healthcheck check : checks) {
            Optional<String> fault = run(process, check);
            if (fault.isPresent()) {
                throw UserException.failed("Healthcheck failed name='" + check.name() + "' (" + process.name() + "): "
                        + fault.get() + output(process));
            }
            console.detail("Healthcheck succeeded name='" + check.name() + "'");
        }
        console.detail("All checks successful (" + process.name() + ")");
    }

    /** Waits for a process that nobody waits for: as long as the check allows, whether it becomes healthy or not. */
    void await(Running process, Healthcheck check) {
        run(process, check);
    }

    private Optional<String> run(Running process, Healthcheck check) {
        pause(process, check.delay());
        return switch (check.probe()) {
            case Healthcheck.Probe.Uptime(Duration uptime) -> {
                pause(process, uptime);
                yield Optional.empty();
            }
            case Healthcheck.Probe.Listening(int port) -> listening(process, port, check.bound());
            case Healthcheck.Probe.Path path ->
                attempts(process, path.port(), check, () -> answer(process, path, check.timeout()))
                        .map(fault -> "GET " + path.path() + " " + fault);
            case Healthcheck.Probe.WebSocket socket ->
                attempts(process, socket.port(), check, () -> handshake(process, socket, check.timeout()))
                        .map(fault -> "WebSocket " + socket.path() + " " + fault);
            case Healthcheck.Probe.Program(List<String> argv) ->
                attempts(process, check, () -> execute(process, argv, check.timeout()))
                        .map(fault -> "command " + argv.getFirst() + " " + fault);
        };
    }

    /** One attempt of a check. */
    @FunctionalInterface
    private interface Attempt {

        /** What went wrong; empty if nothing did. */
        Optional<String> make() throws InterruptedException;
    }

    private Optional<String> attempts(Running process, int port, Healthcheck check, Attempt attempt) {
        Optional<String> silent = listening(process, port, check.bound());
        return silent.isPresent() ? silent : attempts(process, check, attempt);
    }

    private Optional<String> attempts(Running process, Healthcheck check, Attempt attempt) {
        Optional<String> fault = Optional.empty();
        try {
            for (int made = 0; made < check.attempts(); made++) {
                if (made > 0) {
                    pause(process, check.pause());
                }
                fault = attempt.make();
                if (fault.isEmpty()) {
                    break;
                }
            }
            return fault;
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    private Optional<String> listening(Running process, int port, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            List<Listening> open = scheduler.listening(process.id());
            if (open.stream().anyMatch(socket -> socket.port() == port && socket.reachable())) {
                return Optional.empty();
            }
            if (System.nanoTime() > end) {
                return Optional.of(silence(open, port, bound));
            }
            pause(process, LOOK);
        }
    }

    /** What a developer would have to know of a process that cannot be reached. */
    private static String silence(List<Listening> open, int port, Duration bound) {
        String within = " within " + bound.toSeconds() + " s";
        if (open.stream().anyMatch(socket -> socket.port() == port)) {
            return "it listens on 127.0.0.1:" + port
                    + " only, where nothing outside its sandbox reaches it: bind 0.0.0.0";
        }
        if (open.isEmpty()) {
            return "it did not listen on port " + port + within + ": bind 0.0.0.0 and the port that $PORT names";
        }
        String others = open.stream()
                .map(socket -> String.valueOf(socket.port()))
                .distinct()
                .collect(Collectors.joining(", "));
        return "it did not listen on port " + port + within + ", but on " + others + ": use the port that $PORT names";
    }

    private Optional<String> answer(Running process, Healthcheck.Probe.Path path, Duration timeout)
            throws InterruptedException {
        URI uri = URI.create("http://" + process.address() + ":" + path.port() + path.path());
        try {
            var response = http.send(
                    HttpRequest.newBuilder(uri).timeout(timeout).build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
            if (response.statusCode() < 200 || response.statusCode() > 399) {
                return Optional.of("was answered with status " + response.statusCode());
            }
            return response.body().contains(path.content())
                    ? Optional.empty()
                    : Optional.of("was answered without the content that app.json expects");
        } catch (IOException e) {
            return Optional.of("was not answered: " + e);
        }
    }

    private Optional<String> handshake(Running process, Healthcheck.Probe.WebSocket socket, Duration timeout)
            throws InterruptedException {
        URI uri = URI.create("ws://" + process.address() + ":" + socket.port() + socket.path());
        return new Handshake(http).fault(uri, socket.echo(), timeout);
    }

    private Optional<String> execute(Running process, List<String> argv, Duration timeout) {
        try {
            Result result = scheduler.execute(process.id(), argv, timeout);
            return result.ok()
                    ? Optional.empty()
                    : Optional.of("exited with code " + result.exitCode() + ": " + result.complaint());
        } catch (ProgramFailure e) {
            return Optional.of("did not come to its end: " + e.getMessage());
        }
    }

    /** Waits, but no longer than the process lives. */
    private void pause(Running process, Duration time) {
        CompletableFuture<Integer> exit = scheduler.exit(process.id());
        try {
            int code = exit.get(time.toNanos(), TimeUnit.NANOSECONDS);
            throw UserException.failed(
                    "Process " + process.name() + " exited with code " + code + " at its start" + output(process));
        } catch (TimeoutException e) {
            return; // It lives: that is what was waited for.
        } catch (InterruptedException e) {
            throw cancelled();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scheduler lost " + process.id(), e.getCause());
        }
    }

    private static CancellationException cancelled() {
        Thread.currentThread().interrupt();
        return new CancellationException("the deploy was cancelled");
    }

    private String output(Running process) {
        List<String> lines = scheduler.lastLines(process.id(), LAST_LINES);
        return lines.isEmpty() ? "\nIt printed nothing." : "\nIts last lines:\n  " + String.join("\n  ", lines);
    }
}
