package dev.slipway.deploy;

import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.Buildpack;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which buildpacks an app is built with: those that were set for it, or else those that its files name. */
public final class BuildpackList {

    /** The file of a repository that names them, one a line. */
    static final String FILE = ".buildpacks";

    /** The variable by which Heroku and Dokku name one buildpack. */
    private static final String VARIABLE = "BUILDPACK_URL";

    private static final String PROPERTY = "buildpacks.list";

    private static final int MOST = 20;

    private BuildpackList() {}

    /** Those that commands have set, in their order. */
    public static List<Buildpack> of(App app) {
        return app.property(PROPERTY).stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .map(Buildpack::parse)
                .toList();
    }

    public static App set(App app, List<Buildpack> packs) {
        if (packs.size() > MOST) {
            throw UserException.invalid("An app can have at most " + MOST + " buildpacks");
        }
        String joined = packs.stream().map(Buildpack::toString).collect(Collectors.joining(" "));
        return app.withProperty(PROPERTY, Optional.of(joined).filter(text -> !text.isEmpty()));
    }

    /**
     * The variable {@value #VARIABLE} of the config comes first, as in Dokku, then commands, then {@value #FILE}, then app.json; none at
     * all means that the tree decides.
     */
    static List<Buildpack> choose(App app, Optional<String> file, AppJson appJson) {
        Optional<String> variable =
                Optional.ofNullable(app.config().values().get(VARIABLE)).filter(text -> !text.isEmpty());
        if (variable.isPresent()) {
            return List.of(named(VARIABLE, variable.get()));
        }
        List<Buildpack> set = of(app);
        if (!set.isEmpty()) {
            return set;
        }
        List<Buildpack> named = file.map(BuildpackList::read).orElse(List.of());
        return named.isEmpty() ? appJson.buildpacks() : named;
    }

    /** @param where for messages */
    private static Buildpack named(String where, String text) {
        try {
            return Buildpack.parse(text);
        } catch (UserException e) {
            throw UserException.invalid(where + ": " + e.text());
        }
    }

    private static List<Buildpack> read(String text) {
        List<Buildpack> packs = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                packs.add(named(FILE + ":" + (at + 1), line));
            }
        }
        if (packs.size() > MOST) {
            throw UserException.invalid(FILE + " names more than " + MOST + " buildpacks");
        }
        return packs;
    }
}
