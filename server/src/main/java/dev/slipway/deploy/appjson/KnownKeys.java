package dev.slipway.deploy.appjson;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys each object of app.json can have: those that are read, and those of Heroku's schema that mean nothing here. A key that is none
 * of them, but near one, is a mistake that Dokku passes over without a word.
 */
final class KnownKeys {

    /**
     * One kind of object.
     *
     * @param path where it stands: {@code *} is any key, {@code #} any element of a list
     * @param keys what it can have
     * @param mistaken keys that people write for one that there is, which no distance tells
     */
    private record Kind(List<String> path, Set<String> keys, Map<String, String> mistaken) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    List.of(),
                    Set.of(
                            "formation",
                            "healthchecks",
                            "routes",
                            "scripts",
                            "cron",
                            "env",
                            "buildpacks",
                            "name",
                            "description",
                            "keywords",
                            "repository",
                            "website",
                            "logo",
                            "success_url",
                            "stack",
                            "image",
                            "addons",
                            "environments",
                            "features",
                            "$schema"),
                    Map.of("checks", "healthchecks", "processes", "formation", "jobs", "cron", "environment", "env")),
            new Kind(
                    List.of("formation", "*"),
                    Set.of("quantity", "size", "max_parallel", "service", "autoscaling"),
                    Map.of("count", "quantity", "scale", "quantity", "replicas", "quantity")),
            new Kind(
                    List.of("healthchecks", "*", "#"),
                    Set.of(
                            "type",
                            "name",
                            "description",
                            "path",
                            "port",
                            "command",
                            "content",
                            "attempts",
                            "timeout",
                            "wait",
                            "initialDelay",
                            "uptime",
                            "listening",
                            "websocket",
                            "echo",
                            "httpHeaders",
                            "scheme",
                            "onFailure",
                            "warn"),
                    Map.of(
                            "interval",
                            "wait",
                            "retries",
                            "attempts",
                            "delay",
                            "initialDelay",
                            "initial_delay",
                            "initialDelay")),
            new Kind(
                    List.of("scripts"), Set.of("dokku", "postdeploy", "pr-predestroy", "test", "test-setup"), Map.of()),
            new Kind(List.of("scripts", "dokku"), Set.of("predeploy", "postdeploy"), Map.of()),
            new Kind(
                    List.of("cron", "#"),
                    Set.of("command", "schedule", "maintenance", "concurrency_policy"),
                    Map.of("cmd", "command", "cron", "schedule", "time", "schedule")),
            new Kind(
                    List.of("env", "*"),
                    Set.of("value", "required", "generator", "sync", "description"),
                    Map.of("default", "value", "secret", "generator")),
            new Kind(
                    List.of("routes", "#"),
                    Set.of("process", "path", "port", "strip_prefix", "idle_timeout", "sticky", "max_connections"),
                    Map.of(
                            "prefix",
                            "strip_prefix",
                            "strip",
                            "strip_prefix",
                            "timeout",
                            "idle_timeout",
                            "location",
                            "path")),
            new Kind(
                    List.of("buildpacks", "#"),
                    Set.of("url"),
                    Map.of("uri", "url", "name", "url", "buildpack", "url")));

    private KnownKeys() {}

    /** Warns of each key of a document that is near one which it may have been meant for. */
    static void warn(Value root) {
        KINDS.forEach(kind -> visit(root, kind.path(), kind));
    }

    /** Values of another form than expected are left to those who read them. */
    private static void visit(Value value, List<String> path, Kind kind) {
        if (path.isEmpty()) {
            if (value.json().isObject()) {
                value.fields().forEach((name, field) -> warn(name, field, kind));
            }
            return;
        }
        List<String> rest = path.subList(1, path.size());
        switch (path.getFirst()) {
            case "#" -> {
                if (value.json().isArray()) {
                    value.elements().forEach(element -> visit(element, rest, kind));
                }
            }
            case "*" -> {
                if (value.json().isObject()) {
                    value.fields().values().forEach(field -> visit(field, rest, kind));
                }
            }
            default -> visit(value.at(path.getFirst()), rest, kind);
        }
    }

    private static void warn(String name, Value value, Kind kind) {
        if (!kind.keys().contains(name)) {
            Optional<String> meant =
                    Optional.ofNullable(kind.mistaken().get(name)).or(() -> nearest(name, kind.keys()));
            meant.ifPresent(key -> value.warn(name + " is not read: the key is " + key));
        }
    }

    private static Optional<String> nearest(String name, Set<String> keys) {
        return keys.stream()
                .sorted()
                .filter(key -> Math.abs(name.length() - key.length()) <= 2)
                .filter(key -> distance(name, key) <= (key.length() < 5 ? 1 : 2))
                .min(Comparator.comparingInt(key -> distance(name, key)));
    }

    /** How many letters to add, drop, change or swap with their neighbour, whatever their case (optimal string alignment). */
    static int distance(String from, String to) {
        String a = from.toLowerCase(java.util.Locale.ROOT);
        String b = to.toLowerCase(java.util.Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(change, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
