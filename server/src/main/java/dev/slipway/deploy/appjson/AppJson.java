package dev.slipway.deploy.appjson;

import dev.slipway.model.Formation;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a revision's app.json asks for.
 *
 * @param formation by process type; a type that is here is scaled by this file and not by {@code ps:scale}
 * @param healthchecks the startup checks of each type that has any
 * @param routes which paths lead to which process types, beside those that commands set
 * @param scripts what a deploy runs
 * @param env variables of the config that the app needs
 * @param cron what is run at certain times
 * @param warnings for the user who pushes it, with the file's line
 */
public record AppJson(
        Map<ProcessType, Integer> formation,
        Map<ProcessType, List<Healthcheck>> healthchecks,
        List<Route> routes,
        Scripts scripts,
        List<Variable> env,
        List<CronTask> cron,
        List<String> warnings) {

    public static final String FILE = "app.json";

    public static final AppJson NONE =
            new AppJson(Map.of(), Map.of(), List.of(), Scripts.NONE, List.of(), List.of(), List.of());

    /** Keys that people write for one that there is; Dokku passes over them without a word. */
    private static final Map<String, String> MISTAKEN = Map.of(
            "formations", "formation", "healthcheck", "healthchecks", "checks", "healthchecks", "route", "routes");

    /** @throws dev.slipway.model.UserException for text that is not JSON or values of the wrong kind, with the line */
    public static AppJson parse(String text) {
        Document document = Document.parse(FILE, text);
        Value root = document.root();
        MISTAKEN.entrySet().stream()
                .filter(key -> root.has(key.getKey()) && !root.has(key.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        key -> root.at(key.getKey()).warn(key.getKey() + " is not read: the key is " + key.getValue()));
        Map<ProcessType, Integer> formation = formation(root.at("formation"));
        Map<ProcessType, List<Healthcheck>> healthchecks = HealthcheckReader.read(root.at("healthchecks"));
        List<Route> routes = RouteReader.read(root.at("routes"));
        Scripts scripts = Scripts.read(root.at("scripts"));
        List<Variable> env = Variable.read(root.at("env"));
        List<CronTask> cron = CronTask.read(root.at("cron"));
        return new AppJson(formation, healthchecks, routes, scripts, env, cron, document.warnings());
    }

    private static Map<ProcessType, Integer> formation(Value formation) {
        Map<ProcessType, Integer> counts = new TreeMap<>();
        formation.fields().forEach((name, entry) -> {
            if (entry.has("count") && !entry.has("quantity")) {
                entry.at("count").warn("count is not read: the key is quantity");
            }
            if (entry.has("quantity")) {
                ProcessType type = entry.parsed(ProcessType::new, name);
                counts.put(type, quantity(entry, type));
            }
        });
        return counts;
    }

    private static int quantity(Value entry, ProcessType type) {
        var quantity = entry.at("quantity").json();
        if (!quantity.isInt() || quantity.intValue() < 0 || quantity.intValue() > Formation.MOST) {
            throw entry.at("quantity")
                    .refusal("the quantity of " + type + " must be a whole number from 0 to " + Formation.MOST);
        }
        return quantity.intValue();
    }
}
