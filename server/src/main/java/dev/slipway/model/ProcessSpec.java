package dev.slipway.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process to be run: all that a scheduler has to know, so that it can start it again without asking.
 *
 * @param release the number of the release that it belongs to
 * @param tree the build's directory, seen as {@code /app}
 * @param command the Procfile's command, read by a shell inside the process's own sandbox
 * @param environment the whole environment, secrets included: keep what holds it at mode 0600
 * @param user who runs it
 * @param restart when it is started again once it is kept
 * @param mounts what it sees of the machine's disk besides
 * @param logBytes how long its log may grow before the older part is dropped
 * @param oneOff set for a process that is no part of the formation
 */
public record ProcessSpec(
        AppName app,
        ProcessName name,
        int release,
        Path tree,
        String command,
        Map<String, String> environment,
        SandboxUser user,
        Limits limits,
        RestartPolicy restart,
        List<StorageMount> mounts,
        long logBytes,
        Optional<OneOff> oneOff) {

    private static final long LOG_BYTES = 10 * 1024 * 1024;

    /** The port that {@code PORT} names in every process: each has an address of its own. */
    public static final int PORT = 5000;

    public ProcessSpec {
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** A process of the formation, without mounts, and with a log of the usual length. */
    public ProcessSpec(
            AppName app,
            ProcessName name,
            int release,
            Path tree,
            String command,
            Map<String, String> environment,
            SandboxUser user,
            Limits limits,
            RestartPolicy restart) {
        this(
                app,
                name,
                release,
                tree,
                command,
                environment,
                user,
                limits,
                restart,
                List.of(),
                LOG_BYTES,
                Optional.empty());
    }

    /** The same as a process that is none of the formation. */
    public ProcessSpec asOneOff(OneOff how) {
        return new ProcessSpec(
                app,
                name,
                release,
                tree,
                command,
                environment,
                user,
                limits,
                restart,
                mounts,
                logBytes,
                Optional.of(how));
    }

    /** The same with what its app has mounted, and another length of its log. */
    public ProcessSpec equipped(List<StorageMount> mounted, long log) {
        return new ProcessSpec(
                app, name, release, tree, command, environment, user, limits, restart, mounted, log, oneOff);
    }

    /** Whether it changes its tree. */
    public boolean keeps() {
        return oneOff.filter(OneOff::keeps).isPresent();
    }

    /** The positional parameters of the command. */
    public List<String> words() {
        return oneOff.map(OneOff::words).orElse(List.of());
    }
}
