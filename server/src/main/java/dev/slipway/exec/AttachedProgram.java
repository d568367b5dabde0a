package dev.slipway.exec;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program that is attached to a caller, from its start to its end. */
final class AttachedProgram {

    private static final Logger LOG = LoggerFactory.getLogger(AttachedProgram.class);

    /**
     * Opens the terminal as all three streams, and makes it the one that the program's signals come from. The opening is done before
     * the session is made, so that nobody but setsid decides whose terminal it is.
     */
    private static final String ON_TERMINAL = """
            exec <>"$0" >&0 2>&1
            exec setsid --ctty -- "$@"
            """;

    /** ^D: what a terminal's reader takes for the end of input. */
    private static final byte[] END = {4};

    /** What a shell calls the end of a program by SIGKILL. */
    private static final int KILLED = 137;

    private final Command command;
    private final Runner.Streams streams;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>(null);

    AttachedProgram(Command command, Runner.Streams streams) {
        this.command = command;
        this.streams = streams;
    }

    int run(Optional<Screen> screen) {
        return screen.isPresent() ? onTerminal(screen.get()) : onPipes();
    }

    private int onPipes() {
        Process process = SystemRunner.start(command);
        Thread feeding = SystemRunner.pump(command, () -> SystemRunner.feed(process, streams.in()));
        List<Thread> draining = List.of(
                SystemRunner.pump(command, () -> SystemRunner.drain(process.getInputStream(), streams.out(), failure)),
                SystemRunner.pump(command, () -> SystemRunner.drain(process.getErrorStream(), streams.err(), failure)));
        return end(process, process::destroy, feeding, draining);
    }

    private int onTerminal(Screen screen) {
        Pty pty = Pty.open();
        pty.resize(screen.columns(), screen.rows());
        List<String> argv = new ArrayList<>(List.of("bash", "-c", ON_TERMINAL, pty.slave()));
        argv.addAll(command.argv());
        Process process = start(argv, pty);
        screen.onResize(() -> pty.resize(screen.columns(), screen.rows()));
        Thread feeding = SystemRunner.pump(command, () -> feed(streams.in(), pty));
        Thread draining = SystemRunner.pump(command, () -> drain(pty));
        try {
            return end(process, () -> Pty.hangUp(process), feeding, List.of(draining));
        } finally {
            screen.onResize(() -> {});
        }
    }

    private Process start(List<String> argv, Pty pty) {
        try {
            return SystemRunner.start(
                    new Command(argv, command.environment(), command.directory(), command.input(), command.limit()));
        } catch (ProgramFailure e) {
            pty.close();
            throw e;
        }
    }

    private static void feed(InputStream from, Pty pty) {
        byte[] buffer = new byte[32 * 1024];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (!pty.write(buffer, n)) {
                    return;
                }
            }
            pty.write(END, END.length);
        } catch (IOException e) {
            // The caller went away: whoever runs the program is told so in another way.
            return;
        }
    }

    /** The terminal is closed by its reader, when nothing more can come: who else closed it could not know whether it is read just now. */
    private void drain(Pty pty) {
        byte[] buffer = new byte[32 * 1024];
        try (pty) {
            for (int n = pty.read(buffer); n >= 0; n = pty.read(buffer)) {
                if (failure.get() == null) {
                    SystemRunner.pass(buffer, n, streams.out(), failure);
                }
            }
        }
    }

    /** Waits for the program, and makes it end if it has to; what it printed is passed on first. */
    private int end(Process process, Runnable tell, Thread feeding, List<Thread> draining) {
        boolean interrupted = await(process, command.limit());
        if (process.isAlive()) {
            tell.run();
            interrupted |= await(process, Runner.GRACE);
        }
        if (process.isAlive()) {
            SystemRunner.stopTree(process);
            interrupted |= await(process, SystemRunner.LAST_WORDS);
        }
        feeding.interrupt();
        for (Thread drain : draining) {
            interrupted |= await(drain);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive() ? KILLED : process.exitValue();
    }

    /** Waits for its end, or for the time to be over; gives whether the wait was interrupted. */
    private static boolean await(Process process, Duration longest) {
        try {
            process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException e) {
            // Whoever asks goes on, and restores the interrupt at its end.
            return true;
        }
    }

    private boolean await(Thread drain) {
        try {
            if (!drain.join(SystemRunner.LAST_WORDS)) {
                LOG.debug("{} ended but left a child that holds its output open", command.program());
            }
            return false;
        } catch (InterruptedException e) {
            // As above.
            return true;
        }
    }
}
