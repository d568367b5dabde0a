package dev.slipway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is typed and what is answered, as a text that people read and tests hold to.
 *
 * <pre>
 * # said about the lines before it
 * &#64; deploy shop echo
 * $ apps:create shop
 * &lt; a line of standard input
 *   a line of standard output
 * 2 a line of standard error
 * = 1
 * </pre>
 *
 * <p>A step without a {@code =} line exits with 0. {@code …} stands for anything within a line, and alone for any lines. Where the text
 * says how another platform answers, {@code -} stands before its lines that we have not, {@code +} before ours that it has not.
 *
 * @param steps in the order in which they are done
 */
record Transcript(Path file, List<Step> steps) {

    private static final String ANYTHING = "…";

    /** @param done a command, or {@code @} and what the test itself is to do */
    record Step(int number, String done, String input, List<Line> lines, int exitCode) {

        boolean isCommand() {
            return !done.startsWith("@");
        }

        /** The command's name, behind the flags that every command takes. */
        String command() {
            return Arrays.stream(done.split(" "))
                    .filter(word -> !word.startsWith("-"))
                    .findFirst()
                    .orElse("");
        }

        String out() {
            return expected(Stream.OUT);
        }

        String err() {
            return expected(Stream.ERR);
        }

        private String expected(Stream stream) {
            return lines.stream()
                    .filter(line -> line.stream() == stream && line.side() != Side.THEIRS && line.side() != Side.REMARK)
                    .map(line -> line.text() + "\n")
                    .collect(Collectors.joining());
        }
    }

    enum Stream {
        OUT,
        ERR
    }

    /** Whose a line is. */
    enum Side {
        BOTH,
        THEIRS,
        OURS,
        REMARK
    }

    record Line(Stream stream, Side side, String text) {

        static Line read(String line) {
            Stream stream = line.startsWith("2") ? Stream.ERR : Stream.OUT;
            String rest = stream == Stream.ERR ? line.substring(1) : line;
            Side side = rest.startsWith("-")
                    ? Side.THEIRS
                    : rest.startsWith("+") ? Side.OURS : rest.startsWith("#") ? Side.REMARK : Side.BOTH;
            int margin = stream == Stream.ERR && side == Side.BOTH ? 1 : 2;
            return new Line(stream, side, rest.length() > margin ? rest.substring(margin) : "");
        }
    }

    static List<Transcript> all(String directory) {
        Path resources = Platform.ROOT.resolve("server/src/test/resources").resolve(directory);
        try (var files = Files.list(resources)) {
            return files.sorted().map(Transcript::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Transcript read(Path file) {
        try {
            Reader reader = new Reader();
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                reader.take(++number, line);
            }
            return new Transcript(file, reader.end());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return file.getFileName().toString().replace(".txt", "");
    }

    /** Whether it says how another platform answers too. */
    boolean isComparison() {
        return steps.stream().flatMap(step -> step.lines().stream()).anyMatch(line -> line.side() == Side.THEIRS);
    }

    /** Whether a text is what was expected, line for line. */
    static boolean matches(String expected, String actual) {
        StringBuilder pattern = new StringBuilder();
        expected.lines().forEach(line -> {
            if (line.strip().equals(ANYTHING)) {
                pattern.append("(?:[^\\n]*\\n)*");
            } else {
                for (String part : line.splitWithDelimiters(ANYTHING, 0)) {
                    pattern.append(part.equals(ANYTHING) ? "[^\\n]*" : Pattern.quote(part));
                }
                pattern.append("\\n");
            }
        });
        return Pattern.compile(pattern.toString()).matcher(actual).matches();
    }

    private static final class Reader {

        private final List<Step> steps = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final StringBuilder input = new StringBuilder();
        private int number;
        private String done = "";
        private int exitCode;

        void take(int at, String line) {
            if (line.startsWith("$ ") || line.startsWith("@ ")) {
                end();
                number = at;
                done = line.startsWith("$ ") ? line.substring(2) : line;
            } else if (line.startsWith("< ")) {
                input.append(line.substring(2)).append('\n');
            } else if (line.startsWith("= ")) {
                exitCode = Integer.parseInt(line.substring(2));
            } else if (line.isEmpty() || line.matches("( |2 |-|\\+|2-|2\\+|#).*")) {
                lines.add(Line.read(line));
            } else {
                throw new IllegalArgumentException("line " + at + " is none of a transcript: " + line);
            }
        }

        List<Step> end() {
            if (!done.isEmpty()) {
                steps.add(new Step(number, done, input.toString(), List.copyOf(lines), exitCode));
            }
            lines.clear();
            input.setLength(0);
            exitCode = 0;
            done = "";
            return steps;
        }
    }
}
