package dev.slipway.example;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One process of the app, started as a platform starts it: by its command. */
final class App implements AutoCloseable {
    private static final Path COMMAND = Path.of("bin", "websocket-example").toAbsolutePath();

    private final Process process;
    private final int port;

    private App(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port, and returns when it listens. */
    static App start(String... arguments) throws IOException {
        Process process = launch(Map.of("PORT", "0"), arguments);
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith("listening on :")) {
            process.destroyForcibly();
            throw new AssertionError("It did not listen, but said: " + line);
        }
        return new App(process, Integer.parseInt(line.substring("listening on :".length())));
    }

    static Process launch(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of(COMMAND.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    int port() {
        return port;
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    URI ws(String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    /** The process itself, to be sent SIGTERM by {@link Process#destroy} and waited for. */
    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
