package dev.slipway.command;

import dev.slipway.deploy.BuildpackList;
import dev.slipway.model.App;
import dev.slipway.model.Buildpack;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** {@code buildpacks}: which buildpacks an app is built with, in which order. */
final class BuildpacksCommands implements Noun {

    private static final String INDEX = "--index";
    private static final String BUILDPACK = "buildpack";
    private static final String POSITIONED = "[" + INDEX + " <index>] <app> <" + BUILDPACK + ">";

    private final Settable properties = new Settable("buildpacks");

    @Override
    public String name() {
        return "buildpacks";
    }

    @Override
    public String summary() {
        return "Manage buildpack settings for an app";
    }

    @Override
    public String title() {
        return "Manage buildpacks settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "buildpacks:add",
                        POSITIONED,
                        "Add a buildpack, at the end or before that of an index",
                        this::add),
                Verb.of("buildpacks:clear", "<app>", "Remove all buildpacks, so that the tree decides", this::clear),
                Verb.of("buildpacks:list", "<app>", "List the buildpacks that are set for an app", this::list),
                Verb.of(
                        "buildpacks:remove",
                        "[" + INDEX + " <index>] <app> [<" + BUILDPACK + ">]",
                        "Remove a buildpack, by its name or its index",
                        this::remove),
                properties.reportVerb(
                        "Show the buildpacks of one app or all, or the global settings",
                        app -> Map.of("Buildpacks list", joined(BuildpackList.of(app), ","))),
                Verb.of(
                        "buildpacks:set",
                        POSITIONED,
                        "Put a buildpack in the place of the first, or of that of an index",
                        this::set),
                properties.verb("buildpacks:set-property"));
    }

    private void add(Call call) {
        Buildpack pack = Buildpack.parse(call.arguments().one(BUILDPACK));
        Optional<Integer> index = index(call);
        change(call, packs -> {
            refuseTwice(packs, pack, call);
            packs.add(Math.min(index.orElse(packs.size() + 1) - 1, packs.size()), pack);
            return packs;
        });
    }

    private void set(Call call) {
        Buildpack pack = Buildpack.parse(call.arguments().one(BUILDPACK));
        int at = index(call).orElse(1) - 1;
        change(call, packs -> {
            if (at < packs.size() && packs.get(at).equals(pack)) {
                return packs;
            }
            refuseTwice(packs, pack, call);
            if (at < packs.size()) {
                packs.set(at, pack);
            } else {
                packs.add(pack);
            }
            return packs;
        });
    }

    private static void refuseTwice(List<Buildpack> packs, Buildpack pack, Call call) {
        if (packs.contains(pack)) {
            throw UserException.invalid("Buildpack " + pack + " is one of " + call.appName() + " already");
        }
    }

    private void clear(Call call) {
        change(call, packs -> List.of());
    }

    private void list(Call call) {
        App app = call.app();
        call.step(app.name() + " buildpack urls");
        BuildpackList.of(app).forEach(pack -> call.console().detail(pack.toString()));
    }

    private void remove(Call call) {
        App app = call.app();
        Optional<Integer> index = index(call);
        Optional<String> named = call.arguments().optional(BUILDPACK);
        if (index.isPresent() && named.isPresent()) {
            throw UserException.invalid("Please choose either index or Buildpack, but not both");
        }
        if (index.isEmpty() && named.isEmpty()) {
            throw UserException.invalid("Must specify a buildpack to remove, either by index or URL");
        }
        List<Buildpack> packs = BuildpackList.of(app);
        if (packs.isEmpty()) {
            throw UserException.notFound(
                    "No buildpacks were found, next release on " + app.name() + " will detect buildpack normally");
        }
        Buildpack gone = named.map(Buildpack::parse).orElseGet(() -> at(packs, index.orElseThrow(), app));
        change(call, before -> {
            if (!before.remove(gone)) {
                throw UserException.notFound(
                        "Buildpack " + gone + " is not one of " + app.name() + ": " + joined(packs, ", "));
            }
            return before;
        });
        call.step("Removing " + gone);
    }

    private static Buildpack at(List<Buildpack> packs, int index, App app) {
        if (index > packs.size()) {
            throw UserException.notFound("Index not found: " + app.name() + " has " + packs.size()
                    + (packs.size() == 1 ? " buildpack" : " buildpacks"));
        }
        return packs.get(index - 1);
    }

    private static void change(Call call, UnaryOperator<List<Buildpack>> change) {
        call.store()
                .update(
                        call.app().name(),
                        app -> BuildpackList.set(app, change.apply(new ArrayList<>(BuildpackList.of(app)))));
    }

    /** Counted from 1. */
    private static Optional<Integer> index(Call call) {
        return call.arguments().value(INDEX).map(text -> {
            if (!text.matches("[1-9][0-9]{0,5}")) {
                throw UserException.invalid(
                        "Invalid value for " + INDEX + ": " + Words.shown(text) + ": write a whole number from 1 on");
            }
            return Integer.valueOf(text);
        });
    }

    private static String joined(List<Buildpack> packs, String by) {
        return packs.stream().map(Buildpack::toString).collect(Collectors.joining(by));
    }
}
