package dev.slipway.deploy.appjson;

import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code healthchecks}: for each process type a list of checks, of which those of type startup are ours to make. */
final class HealthcheckReader {

    /** A day: nobody waits longer for a start. */
    private static final int MOST_SECONDS = 86_400;

    private static final int MOST_ATTEMPTS = 10_000;

    private HealthcheckReader() {}

    static Map<ProcessType, List<Healthcheck>> read(Value healthchecks) {
        Map<ProcessType, List<Healthcheck>> checks = new TreeMap<>();
        healthchecks.fields().forEach((name, list) -> {
            List<Healthcheck> startup = new ArrayList<>();
            for (Value check : list.elements()) {
                if (check.text("type").orElse("startup").equals("startup")) {
                    startup.add(healthcheck(check));
                }
            }
            if (!startup.isEmpty()) {
                checks.put(list.parsed(ProcessType::new, name), startup);
            }
        });
        return checks;
    }

    private static Healthcheck healthcheck(Value check) {
        String name = check.text("name").orElse("default");
        return new Healthcheck(
                name,
                probe(check, name),
                check.number("attempts", 3, 1, MOST_ATTEMPTS),
                Duration.ofSeconds(check.number("timeout", 5, 1, MOST_SECONDS)),
                Duration.ofSeconds(check.number("wait", 5, 0, MOST_SECONDS)),
                Duration.ofSeconds(check.number("initialDelay", 0, 0, MOST_SECONDS)));
    }

    private static Healthcheck.Probe probe(Value check, String name) {
        int port = check.number("port", ProcessSpec.PORT, 1, 65535);
        if (check.flag("websocket")) {
            return new Healthcheck.Probe.WebSocket(port, path(check, name).orElse("/"), check.text("echo"));
        }
        if (check.has("echo")) {
            throw check.at("echo").refusal("healthcheck " + name + ": an echo needs \"websocket\": true beside it");
        }
        Optional<String> path = path(check, name);
        if (path.isPresent()) {
            return new Healthcheck.Probe.Path(
                    port, path.get(), check.text("content").orElse(""));
        }
        if (check.has("command")) {
            return new Healthcheck.Probe.Program(command(check.at("command"), name));
        }
        if (check.flag("listening")) {
            return new Healthcheck.Probe.Listening(port);
        }
        if (check.has("uptime")) {
            return new Healthcheck.Probe.Uptime(Duration.ofSeconds(check.number("uptime", 2, 0, MOST_SECONDS)));
        }
        throw check.refusal("healthcheck " + name
                + " has neither path, websocket, command, listening nor uptime, so there is nothing to check");
    }

    private static Optional<String> path(Value check, String name) {
        Optional<String> path = check.text("path");
        path.ifPresent(text -> {
            if (!text.startsWith("/") || text.contains("#") || !isPlace("http://localhost" + text)) {
                throw check.at("path")
                        .refusal("healthcheck " + name + ": the path must begin with / and hold no spaces nor any of"
                                + " \" < > [ ] \\ ^ ` { | }: write such a character as %7B");
            }
        });
        return path;
    }

    /** Whether a request can be made for it (RFC 3986). */
    private static boolean isPlace(String uri) {
        try {
            return new URI(uri).toASCIIString().equals(uri);
        } catch (URISyntaxException e) {
            // That is the answer.
            return false;
        }
    }

    /** A list of words; no shell reads them. */
    private static List<String> command(Value list, String name) {
        List<String> words = new ArrayList<>();
        for (Value word : list.elements()) {
            if (!word.json().isTextual() || word.json().asText().indexOf('\0') >= 0) {
                throw word.refusal(
                        "healthcheck " + name + ": the command is a list of texts: [\"./check\", \"--fast\"]");
            }
            words.add(word.json().asText());
        }
        if (words.isEmpty()) {
            throw list.refusal("healthcheck " + name + ": the command is empty");
        }
        return words;
    }
}
