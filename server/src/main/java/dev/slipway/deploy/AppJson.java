package dev.slipway.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.model.Formation;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a revision's app.json asks for: its formation and its startup healthchecks.
 *
 * @param formation by process type; a type that is here is scaled by this file and not by {@code ps:scale}
 * @param healthchecks the startup checks of each type that has any
 * @param warnings for the user who pushes it, with the file's line
 */
record AppJson(
        Map<ProcessType, Integer> formation, Map<ProcessType, List<Healthcheck>> healthchecks, List<String> warnings) {

    static final String FILE = "app.json";

    static final AppJson NONE = new AppJson(Map.of(), Map.of(), List.of());

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    /** Keys that people write for one that there is; Dokku passes over them without a word. */
    private static final Map<String, String> MISTAKEN =
            Map.of("formations", "formation", "healthcheck", "healthchecks", "checks", "healthchecks");

    /** @throws UserException for text that is not JSON or values of the wrong kind, with the line */
    static AppJson parse(String text) {
        return new Reader(text).read();
    }

    private static final class Reader {

        private final String text;
        private final List<String> warnings = new ArrayList<>();

        Reader(String text) {
            this.text = text;
        }

        AppJson read() {
            JsonNode root = tree();
            MISTAKEN.forEach((wrong, right) -> {
                if (root.has(wrong) && !root.has(right)) {
                    warnings.add(FILE + ":" + line(wrong) + ": " + wrong + " is not read: the key is " + right);
                }
            });
            return new AppJson(formation(root.path("formation")), healthchecks(root.path("healthchecks")), warnings);
        }

        private JsonNode tree() {
            try {
                JsonNode root = JSON.readTree(text);
                if (!root.isObject()) {
                    throw UserException.invalid(FILE + ": not a JSON object");
                }
                return root;
            } catch (JsonProcessingException e) {
                throw UserException.invalid(FILE + ":" + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
            }
        }

        private int line(String key) {
            int at = text.indexOf("\"" + key + "\"");
            return (int) text.substring(0, Math.max(at, 0)).lines().count()
                    + (at > 0 && text.charAt(at - 1) == '\n' ? 1 : 0);
        }

        private Map<ProcessType, Integer> formation(JsonNode node) {
            Map<ProcessType, Integer> counts = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                JsonNode quantity = entry.getValue().path("quantity");
                if (entry.getValue().has("count") && quantity.isMissingNode()) {
                    warnings.add(FILE + ":" + line("count") + ": count is not read: the key is quantity");
                }
                if (!quantity.isMissingNode()) {
                    ProcessType type = new ProcessType(entry.getKey());
                    if (!quantity.isInt() || quantity.intValue() < 0 || quantity.intValue() > Formation.MOST) {
                        throw UserException.invalid(FILE + ":" + line(entry.getKey()) + ": the quantity of " + type
                                + " must be a whole number from 0 to " + Formation.MOST);
                    }
                    counts.put(type, quantity.intValue());
                }
            }
            return counts;
        }

        private Map<ProcessType, List<Healthcheck>> healthchecks(JsonNode node) {
            Map<ProcessType, List<Healthcheck>> checks = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                List<Healthcheck> startup = new ArrayList<>();
                for (JsonNode check : entry.getValue()) {
                    if (check.path("type").asText("startup").equals("startup")) {
                        startup.addAll(healthcheck(check));
                    }
                }
                if (!startup.isEmpty()) {
                    checks.put(new ProcessType(entry.getKey()), startup);
                }
            }
            return checks;
        }

        private List<Healthcheck> healthcheck(JsonNode check) {
            String name = check.path("name").asText("default");
            if (check.has("command")) {
                warnings.add(FILE + ":" + line("command") + ": healthcheck " + name
                        + ": command checks are not run by this scheduler; use a path, listening or uptime check");
                return List.of();
            }
            return List.of(new Healthcheck(
                    name,
                    probe(check, name),
                    number(check, "attempts", 3),
                    Duration.ofSeconds(number(check, "timeout", 5)),
                    Duration.ofSeconds(number(check, "wait", 5)),
                    Duration.ofSeconds(number(check, "initialDelay", 0))));
        }

        private Healthcheck.Probe probe(JsonNode check, String name) {
            int port = number(check, "port", ProcessSpec.PORT);
            if (check.has("path")) {
                String path = check.path("path").asText();
                if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                    throw UserException.invalid(
                            FILE + ":" + line("path") + ": healthcheck " + name + ": the path must begin with /");
                }
                return new Healthcheck.Probe.Path(
                        port, path, check.path("content").asText(""));
            }
            if (check.path("listening").asBoolean(false)) {
                return new Healthcheck.Probe.Listening(port);
            }
            if (check.has("uptime")) {
                return new Healthcheck.Probe.Uptime(Duration.ofSeconds(number(check, "uptime", 2)));
            }
            throw UserException.invalid(FILE + ": healthcheck " + name
                    + " has neither path, listening nor uptime, so there is nothing to check");
        }

        private int number(JsonNode check, String key, int otherwise) {
            JsonNode value = check.path(key);
            if (value.isMissingNode()) {
                return otherwise;
            }
            if (!value.isInt() || value.intValue() < 0 || value.intValue() > 65535) {
                throw UserException.invalid(FILE + ":" + line(key) + ": " + key + " must be a whole number");
            }
            return value.intValue();
        }
    }
}
