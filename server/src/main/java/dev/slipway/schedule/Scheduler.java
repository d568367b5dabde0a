package dev.slipway.schedule;

import dev.slipway.exec.Attachment;
import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs processes and keeps them running.
 *
 * <p>A scheduler holds its own durable record of what it runs, so that a daemon that starts again can {@link #recover} it: processes
 * outlive the daemon.
 */
public interface Scheduler extends AutoCloseable {

    /**
     * Starts one process; returns when its program runs, which is before it listens.
     *
     * @throws dev.slipway.model.UserException if it cannot be started
     */
    Running start(ProcessSpec spec);

    /**
     * Puts a started process under the restart policy of its specification, with growing pauses: before this call, its exit is
     * final and only {@link #exit} tells of it. One that failed just before the call is answered as if it had failed after it.
     */
    void keep(String id);

    /**
     * Runs one process that is attached to a caller, to its end. It is among the {@link #running} meanwhile and can be stopped as any other;
     * it ends with the caller, for whom the thread is interrupted, and with the daemon, and it leaves no log.
     *
     * @return its exit code
     * @throws dev.slipway.model.UserException if it cannot be started, or runs longer than it may
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    int attend(ProcessSpec spec, Attachment caller);

    /**
     * Runs a program beside a process, attached to a caller: in its sandbox and with its rights, user and environment, as its own command
     * would find them. It ends with the caller and with the process.
     *
     * @param words the program and its words; no shell reads them
     * @return its exit code
     */
    int enter(String id, List<String> words, Attachment caller);

    /** SIGTERM, then SIGKILL when the grace is over; returns when it is gone and all that it had (address, layer) is given back. */
    void stop(String id, Duration grace);

    /** All processes that run or wait to be restarted, of every app. */
    List<Running> running();

    default List<Running> running(AppName app) {
        return running().stream().filter(process -> process.app().equals(app)).toList();
    }

    /** Completes with the exit code when the process has exited, also if it did before the call. */
    CompletableFuture<Integer> exit(String id);

    /** The ports on which the process accepts connections now; empty while it starts, and once it is gone. */
    List<Listening> listening(String id);

    /** How many connections are open now to each port that the process listens on; ports without any are left out, all once it is gone. */
    Map<Integer, Integer> connections(String id);

    /**
     * Runs a program beside a process, in its sandbox and with its rights, user and environment.
     *
     * @param argv the program and its words; no shell reads them
     * @throws dev.slipway.exec.ProgramFailure if it cannot be started or takes longer than the limit
     */
    Result execute(String id, List<String> argv, Duration limit);

    /** The last lines that a process printed, for the user who sees it fail. */
    List<String> lastLines(String id, int most);

    /**
     * Adopts what still runs from before the daemon started, and answers exits that happened meanwhile as if it had been there.
     * Sweeps what belongs to nobody. To be called once, before anything else.
     */
    void recover();

    /** Tells of every {@link Change} from now on, on a thread of its own. */
    void watch(Consumer<Change> watcher);

    /** Stops watching; the processes go on. */
    @Override
    void close();

    /** A port with the address that the process bound: {@code 0.0.0.0}, {@code ::}, or {@code 127.0.0.1}, which nobody outside can reach. */
    record Listening(String address, int port) {

        public boolean reachable() {
            return !address.startsWith("127.") && !address.equals("::1");
        }
    }
}
