package dev.slipway.proxy.nginx.worker;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A worker of nginx.
 *
 * @param start when it was forked, in clock ticks since boot; with the pid it names one process for ever
 */
public record Child(ProcFile process, long start) {

    /** What a worker calls itself once it takes no new connections. */
    public static final String RETIRING = "nginx: worker process is shutting down";

    static Stream<Child> of(ProcFile master) {
        return ProcFile.children(master.pid()).flatMap(process -> of(process.startTime(), process).stream());
    }

    private static Optional<Child> of(Optional<String> start, ProcFile process) {
        return start.map(ticks -> new Child(process, Long.parseLong(ticks)));
    }

    /** One that was just forked may not call itself a worker yet, and accepts all the same. */
    boolean drains() {
        return process.title().equals(RETIRING);
    }

    /** Whether the pid is still that of this very process. */
    boolean lives() {
        return process.startTime().equals(Optional.of(Long.toString(start)));
    }
}
