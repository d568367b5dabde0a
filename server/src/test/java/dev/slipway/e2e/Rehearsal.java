package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Does what transcripts say on a platform, and holds what is answered to what they say. */
final class Rehearsal {

    /** With the value {@code write} answers over ssh are not compared but put into the transcripts, for people to read. */
    private static final boolean WRITING = "write".equals(System.getProperty("slipway.transcripts"));

    /** What is awaited happens within a moment. */
    private static final Duration AT_ONCE = Duration.ofSeconds(60);

    private final Platform platform;
    private final Wording wording;
    private final Map<String, Checkout> checkouts = new HashMap<>();
    private @Nullable Checkout last;

    Rehearsal(Platform platform) {
        this.platform = platform;
        this.wording = new Wording(platform);
    }

    /** A way in. */
    enum Door {
        SSH {
            @Override
            Command command(Platform platform, String line) {
                return Command.of(platform.sharedSsh(line));
            }
        },
        LOCAL {
            @Override
            Command command(Platform platform, String line) {
                return Command.of("bash", "-c", "exec " + Platform.ROOT.resolve("bin/dokku") + " " + line)
                        .in(platform.work())
                        .environment("SLIPWAY_DATA", platform.data().toString());
            }
        };

        abstract Command command(Platform platform, String line);
    }

    /** Does all of it, whatever is answered, and then says every difference. */
    void perform(Transcript transcript, Door door) throws IOException {
        List<String> answered = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (Transcript.Step step : transcript.steps()) {
            if (!step.isCommand()) {
                prepare(step.done());
                answered.add(step.done() + "\n");
                continue;
            }
            String expected = shown(step, step.out(), step.err(), step.exitCode());
            String actual = answer(step, door).orElse(expected);
            answered.add(actual);
            if (!actual.equals(expected)) {
                differences.add(transcript.file().getFileName() + ":" + step.number() + " by " + door + " says\n"
                        + expected + "but the answer is\n" + actual);
            }
        }
        if (WRITING && door == Door.SSH && !transcript.isComparison()) {
            Files.writeString(transcript.file(), String.join("", answered));
        } else {
            assertThat(differences).as(String.join("\n", differences)).isEmpty();
        }
    }

    /** What is answered, as a transcript has it; empty if it is what is expected. */
    private Optional<String> answer(Transcript.Step step, Door door) throws IOException {
        Result result = platform.run(command(wording.real(step.done()), door)
                .reading(input(step.input()))
                .within(Platform.LONGEST));
        String out = wording.normal(result.out());
        String err = wording.normal(result.err());
        boolean same = result.exitCode() == step.exitCode()
                && Transcript.matches(step.out(), out)
                && Transcript.matches(step.err(), err);
        return same ? Optional.empty() : Optional.of(shown(step, out, err, result.exitCode()));
    }

    /** The lines themselves, or those of the file that is named behind an {@code @}. */
    private String input(String lines) throws IOException {
        return lines.startsWith("@")
                ? Files.readString(platform.work().resolve(lines.strip().substring(1)))
                : lines;
    }

    /** A command of the platform's, or a program that a developer runs: git in the last checkout, or curl. */
    private Command command(String line, Door door) {
        if (line.startsWith("git push ")) {
            return Objects.requireNonNull(last)
                    .command(List.of(line.substring("git ".length()).split(" ")));
        }
        if (line.equals("ssh")) {
            return Command.of(platform.sshWithoutCommand());
        }
        if (line.startsWith("curl ")) {
            return Command.of(
                    "bash", "-c", line.replace("http://127.0.0.1", "http://127.0.0.1:" + platform.httpPort()));
        }
        return door.command(platform, line);
    }

    private static String shown(Transcript.Step step, String out, String err, int exitCode) {
        String remarks = step.lines().stream()
                .filter(line -> line.side() == Transcript.Side.REMARK)
                .map(line -> "# " + line.text() + "\n")
                .collect(Collectors.joining());
        return "$ " + step.done() + "\n" + indented("< ", step.input()) + indented("  ", out) + indented("2 ", err)
                + (exitCode == 0 ? "" : "= " + exitCode + "\n") + remarks;
    }

    private static String indented(String margin, String text) {
        return text.lines().map(line -> (margin + line).stripTrailing() + "\n").collect(Collectors.joining());
    }

    /**
     * The steps that are not commands: {@code @ deploy APP TEMPLATE}, {@code @ tutorial APP} (the checkout alone), {@code @ again APP},
     * {@code @ file NAME TEXT}, {@code @ archive NAME TEMPLATE} (a tar of it), {@code @ certificate DOMAIN} (in
     * certificate.tar), {@code @ remove NAME} (with all below it), {@code @ until TEXT
     * COMMAND} (types the command until the answer has the text).
     */
    private void prepare(String step) throws IOException {
        String[] words = step.split(" ", 4);
        switch (words[1]) {
            case "deploy" ->
                checkouts
                        .computeIfAbsent(words[2], app -> platform.checkout(app, words[3]))
                        .deploy();
            case "again" ->
                Objects.requireNonNull(checkouts.get(words[2])).commit("again").deploy();
            case "tutorial" -> last = EchoApp.checkout(platform, words[2]);
            case "archive" ->
                platform.run(Command.of("tar", "-cf", words[2], "-C", Platform.APPS.toString(), words[3])
                        .in(platform.work()));
            case "certificate" -> certificate(words[2]);
            case "remove" ->
                platform.run(Command.of("rm", "-rf", "--", words[2]).in(platform.work()));
            case "until" ->
                Awaitility.await()
                        .atMost(AT_ONCE)
                        .until(() -> platform.dokku(words[3].split(" ")).out().contains(words[2]));
            case "file" -> Files.writeString(platform.work().resolve(words[2]), words[3] + "\n");
            default -> throw new IllegalArgumentException("not a step of a transcript: " + step);
        }
    }

    private void certificate(String domain) {
        platform.run(Command.of(List.of(
                        ("openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout server.key -out server.crt -subj /CN="
                                        + domain + " -addext subjectAltName=DNS:" + domain)
                                .split(" ")))
                .in(platform.work()));
        platform.run(Command.of("tar", "-cf", "certificate.tar", "server.crt", "server.key")
                .in(platform.work()));
    }
}
