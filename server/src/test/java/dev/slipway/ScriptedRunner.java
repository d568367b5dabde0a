package dev.slipway;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Runs nothing: it answers the programs that a test expects, in their order, and fails on any other. */
public final class ScriptedRunner implements Runner {

    private record Scene(List<String> argv, Result result) {}

    private final Deque<Scene> scenes = new ArrayDeque<>();

    public ScriptedRunner expect(Result result, String... argv) {
        scenes.add(new Scene(List.of(argv), result));
        return this;
    }

    @Override
    public Result run(Command command) {
        Scene scene = scenes.poll();
        if (scene == null || !scene.argv().equals(command.argv())) {
            throw new AssertionError("not expected: " + command.argv() + "; expected: " + scene);
        }
        return scene.result();
    }

    @Override
    public int stream(Command command, Streams streams) {
        throw new AssertionError("not expected: " + command.argv());
    }

    /** Fails if a program that was expected did not run. */
    public void assertDone() {
        if (!scenes.isEmpty()) {
            throw new AssertionError("did not run: " + scenes);
        }
    }
}
