package dev.slipway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that goes on beside the measurement until it is ended. */
final class Background implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final BufferedReader lines;

    private Background(String name, Process process) {
        this.name = name;
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a program; what it prints on either stream is read by {@link #await}. */
    static Background start(List<String> argv, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            return new Background(argv.getFirst(), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Writes a line to its standard input, which stays open until it is ended. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the line that holds a word, and gives that line. */
    String await(String word) {
        StringBuilder before = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(word)) {
                    return line;
                }
                before.append("\n").append(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(name + " ended without the word " + word + ":" + before);
    }

    /** Lets go of what it prints from now on: a full pipe would stop it. */
    void discard() {
        Thread.ofVirtual().start(() -> {
            try (lines) {
                lines.transferTo(java.io.Writer.nullWriter());
            } catch (IOException e) {
                // It ended, and its pipe with it.
                return;
            }
        });
    }

    /** Asks it to end (SIGTERM) and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
