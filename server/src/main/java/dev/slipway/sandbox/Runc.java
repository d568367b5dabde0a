package dev.slipway.sandbox;

import dev.slipway.exec.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of runc, and of conmon, which holds a sandbox's output and notes its exit when no daemon is there to do so.
 *
 * @param program its path: conmon does not search for it
 * @param state where runc keeps what it knows of its containers
 * @param exits where conmon leaves one file for each exit, named by the sandbox, holding its exit code
 */
record Runc(Path program, Path state, Path exits) {

    /**
     * conmon says what became of the creation on a descriptor that it holds open as long as the container lives; this ends at the
     * first line. Files that conmon makes are root's alone.
     */
    private static final String FIRST_LINE = """
            umask 077
            export _OCI_SYNCPIPE=3
            IFS= read -r line < <(exec 3>&1 1>/dev/null; exec conmon "$@")
            printf '%s\\n' "$line"
            """;

    /** Creates a container and leaves a conmon with it; prints one line of JSON: the pid, or -1 and a message. */
    Command create(String id, Path bundle, Path log, long logBytes) {
        List<String> argv = new ArrayList<>(List.of("bash", "-c", FIRST_LINE, "slipway-create"));
        argv.addAll(List.of("--cid", id, "--cuuid", id, "--name", id));
        argv.addAll(
                List.of("--runtime", program.toString(), "--runtime-arg", "--root", "--runtime-arg", state.toString()));
        argv.addAll(List.of("--bundle", bundle.toString(), "--full-attach"));
        argv.addAll(List.of("--container-pidfile", bundle.resolve("pid").toString()));
        argv.addAll(List.of("--conmon-pidfile", bundle.resolve("conmon.pid").toString()));
        argv.addAll(
                List.of("--log-path", "k8s-file:" + log, "--log-size-max", Long.toString(logBytes), "--no-sync-log"));
        argv.addAll(List.of("--exit-dir", exits.toString()));
        return Command.of(argv);
    }

    Command start(String id) {
        return runc("start", id);
    }

    Command delete(String id) {
        return runc("delete", "--force", id);
    }

    /** Runs a container to its end with the caller's own streams. */
    Command run(String id, Path bundle) {
        return runc("run", "--bundle", bundle.toString(), id);
    }

    /** Runs a program beside a container's own, by the container's own user, rights and environment; ends when that does. */
    Command execute(String id, List<String> argv) {
        List<String> words = new ArrayList<>(List.of("exec", id));
        words.addAll(argv);
        return runc(words.toArray(String[]::new));
    }

    /** As above, on a terminal of its own where one is given: of this type. */
    Command enter(String id, List<String> argv, Optional<String> terminal) {
        List<String> words = new ArrayList<>(List.of("exec"));
        terminal.ifPresent(type -> words.addAll(List.of("--tty", "--env", "TERM=" + type)));
        words.add(id);
        words.addAll(argv);
        return runc(words.toArray(String[]::new));
    }

    private Command runc(String... words) {
        return Command.of(program.toString(), "--root", state.toString()).with(words);
    }
}
