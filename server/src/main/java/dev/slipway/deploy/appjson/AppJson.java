package dev.slipway.deploy.appjson;

import dev.slipway.model.Buildpack;
import dev.slipway.model.Formation;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a revision's app.json asks for.
 *
 * @param formation by process type; a type that is here is scaled by this file and not by {@code ps:scale}
 * @param healthchecks the startup checks of each type that has any
 * @param routes which paths lead to which process types, beside those that commands set
 * @param buildpacks those to build with in turn, unless others are named elsewhere
 * @param scripts what a deploy runs
 * @param env variables of the config that the app needs
 * @param cron what is run at certain times
 * @param warnings for the user who pushes it, with the file's line
 */
public record AppJson(
        Map<ProcessType, Integer> formation,
        Map<ProcessType, List<Healthcheck>> healthchecks,
        List<Route> routes,
        List<Buildpack> buildpacks,
        Scripts scripts,
        List<Variable> env,
        List<CronTask> cron,
        List<String> warnings) {

    public static final String FILE = "app.json";

    public static final AppJson NONE =
            new AppJson(Map.of(), Map.of(), List.of(), List.of(), Scripts.NONE, List.of(), List.of(), List.of());

    /** @throws dev.slipway.model.UserException for text that is not JSON or values of the wrong kind, with the line */
    public static AppJson parse(String text) {
        return parse(FILE, text);
    }

    /** @param file what it is called in the repository, for messages */
    public static AppJson parse(String file, String text) {
        Document document = Document.parse(file, text);
        Value root = document.root();
        KnownKeys.warn(root);
        Map<ProcessType, Integer> formation = formation(root.at("formation"));
        Map<ProcessType, List<Healthcheck>> healthchecks = HealthcheckReader.read(root.at("healthchecks"));
        List<Route> routes = RouteReader.read(root.at("routes"));
        List<Buildpack> buildpacks = buildpacks(root.at("buildpacks"));
        Scripts scripts = Scripts.read(root.at("scripts"));
        List<Variable> env = Variable.read(root.at("env"));
        List<CronTask> cron = CronTask.read(root.at("cron"));
        return new AppJson(formation, healthchecks, routes, buildpacks, scripts, env, cron, document.warnings());
    }

    private static Map<ProcessType, Integer> formation(Value formation) {
        Map<ProcessType, Integer> counts = new TreeMap<>();
        formation.fields().forEach((name, entry) -> {
            if (entry.has("quantity")) {
                ProcessType type = entry.parsed(ProcessType::new, name);
                counts.put(type, quantity(entry, type));
            }
        });
        return counts;
    }

    private static List<Buildpack> buildpacks(Value list) {
        List<Buildpack> packs = new ArrayList<>();
        for (Value entry : list.elements()) {
            String url = entry.text("url")
                    .orElseThrow(() -> entry.refusal("a buildpack needs a url: { \"url\": \"heroku/nodejs\" }"));
            packs.add(entry.at("url").parsed(Buildpack::parse, url));
        }
        return packs;
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
