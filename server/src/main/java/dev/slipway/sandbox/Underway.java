package dev.slipway.sandbox;

import dev.slipway.exec.ProgramFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Programs that a daemon began and that go on without it: what they do must be done before it can be undone. */
final class Underway {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Underway() {}

    /** Waits for all programs that work on something in this directory, save the conmons, which stay. */
    static void await(Path directory) {
        ProcessHandle.allProcesses()
                .filter(process -> worksOn(process, directory.toString()))
                .toList()
                .forEach(Underway::await);
    }

    /**
     * Ends the programs that ran a sandbox for a daemon that is gone, a build for instance: they would go on for as long as what they run.
     *
     * @param bundles the directory of all bundles
     * @return the ids of those sandboxes, which are still to be removed
     */
    static Set<String> endRuns(Path bundles) {
        Set<String> ids = new TreeSet<>();
        ProcessHandle.allProcesses()
                .filter(process -> worksOn(process, bundles.toString()))
                .forEach(process -> {
                    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
                    if (arguments.contains("run")) {
                        ids.add(arguments.getLast());
                        process.destroyForcibly();
                    }
                });
        return ids;
    }

    private static boolean worksOn(ProcessHandle process, String directory) {
        boolean conmon = process.info().command().orElse("").endsWith("/conmon");
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return !conmon
                && process.pid() != ProcessHandle.current().pid()
                && Stream.of(arguments).anyMatch(word -> word.startsWith(directory + "/"));
    }

    /** Waits for the process whose id a file holds; it need not be there. */
    static void awaitNamedIn(Path file) throws IOException {
        if (Files.exists(file)) {
            Optional<ProcessHandle> process =
                    ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            process.filter(it -> it.info().command().orElse("").endsWith("/conmon"))
                    .ifPresent(Underway::await);
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProgramFailure("process " + process.pid() + " was to end, but goes on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramFailure("the wait for process " + process.pid() + " was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
