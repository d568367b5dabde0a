package dev.slipway.bench;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;

/** Runs programs for real and tells the parts of a reload apart: {@code nginx -t}, and all that comes after the signal. */
final class TimedRunner implements Runner {

    private final Runner runner = new SystemRunner();
    private volatile double test;
    private volatile long signalled;

    @Override
    public Result run(Command command) {
        long begin = System.nanoTime();
        if (command.argv().contains("-HUP")) {
            signalled = begin;
        }
        Result result = runner.run(command);
        if (command.argv().contains("-t")) {
            test = (System.nanoTime() - begin) / 1e9;
        }
        return result;
    }

    @Override
    public int stream(Command command, Streams streams) {
        return runner.stream(command, streams);
    }

    /** Seconds of the last {@code nginx -t}. */
    double testSeconds() {
        return test;
    }

    /** Seconds since nginx was last told to reload. */
    double sinceSignal() {
        return (System.nanoTime() - signalled) / 1e9;
    }
}
