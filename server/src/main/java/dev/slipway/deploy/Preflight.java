package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.Build;
import dev.slipway.model.Buildpack;
import dev.slipway.model.Formation;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.route.Routes;
import dev.slipway.source.Contents;
import dev.slipway.source.Revisions;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the files by which a revision says how it wants to run, and refuses what could not: before anything is built. */
final class Preflight {

    /** More would bury the rest of the push. */
    private static final int MOST_REMARKS = 8;

    /** By these files the buildpacks know a tree that say what to run of one without a Procfile. */
    private static final List<String> SUPPLYING = List.of("package.json", "go.mod");

    /** What stands for the process types until the build tells them. */
    private static final Procfile EXPECTED = Procfile.parse("Procfile", "web: what the buildpack says\n");

    private final Store store;
    private final Revisions revisions;
    private final Proxy proxy;
    private final Sites sites;

    Preflight(Store store, Revisions revisions, Proxy proxy, Sites sites) {
        this.store = store;
        this.revisions = revisions;
        this.proxy = proxy;
        this.sites = sites;
    }

    /**
     * What is known of a revision once its own files are found acceptable; the app has its formation and the new Procfile's types.
     *
     * @param source the part of the revision that the app is made of
     * @param procfile absent where a buildpack says what to run
     */
    record Checked(
            App app,
            Source source,
            String treeId,
            Optional<Declaration> procfile,
            List<Buildpack> packs,
            Optional<String> template,
            Optional<String> appJson) {}

    /** A Procfile as it stands in the repository: where, and its text. */
    record Declaration(String path, String text) {}

    /** @throws UserException that names the file and line which cannot be taken */
    Checked check(App app, Source revision, Console console) {
        Settings settings = new Settings(app, store.globalProperties());
        Source source = revision.within(settings.buildDirectory());
        String templatePath = sites.templatePath(app);
        Contents files = revisions.read(
                source,
                List.of(
                        settings.procfilePath(),
                        settings.appJsonPath(),
                        templatePath,
                        BuildpackList.FILE,
                        ChecksFile.NAME));
        Optional<String> json = files.file(settings.appJsonPath());
        AppJson appJson = json.map(text -> AppJson.parse(shown(source, settings.appJsonPath()), text))
                .orElse(AppJson.NONE);
        appJson.warnings().forEach(console::warn);
        files.file(ChecksFile.NAME).ifPresent(text -> ChecksFile.advice(text).forEach(console::warn));
        List<Buildpack> packs = BuildpackList.choose(app, files.file(BuildpackList.FILE), appJson);
        Optional<Declaration> declaration =
                files.file(settings.procfilePath()).map(text -> new Declaration(settings.procfilePath(), text));
        if (declaration.isEmpty() && !(isUsual(settings) && suppliesProcfile(source, packs))) {
            throw noProcfile(settings.procfilePath());
        }
        Procfile procfile = declaration
                .map(there -> Procfile.parse(shown(source, there.path()), there.text()))
                .orElse(EXPECTED);
        if (declaration.isPresent()) {
            app.formation()
                    .missingFrom(procfile)
                    .forEach(type -> console.warn("Skipping " + type + " as it is missing from the current Procfile"));
        }
        Formation formation = formation(app, procfile, appJson);
        Optional<String> template = files.file(templatePath);
        App next = app.withFormation(formation)
                .withConfig(Variables.complete(app, appJson, store.globalConfig(), console));
        Routes routes = new Routes(appJson.routes(), app.routes());
        routes.check(formation.counts().keySet());
        Site site = sites.expected(next, template, formation, routes);
        site.own().ifPresent(own -> console.step("Pre-validating custom " + own.path()));
        proxy.test(site).forEach(console::warn);
        proxy.inspect(site).ifPresent(report -> remark(report, app, console));
        return new Checked(next, source, files.treeId(), declaration, packs, template, json);
    }

    /** Where a file is in the repository. */
    private static String shown(Source source, String path) {
        return source.directory().isEmpty() ? path : source.directory() + "/" + path;
    }

    /** The app for what was built: only a build tells the process types of a tree without a Procfile. */
    App settle(Checked checked, Build build) {
        AppJson appJson = checked.appJson().map(AppJson::parse).orElse(AppJson.NONE);
        return checked.procfile().isPresent()
                ? checked.app()
                : checked.app().withFormation(formation(checked.app(), build.procfile(), appJson));
    }

    /** What and where, and what to write; the reasons are for those who ask. */
    private static void remark(TemplateReport report, App app, Console console) {
        List<Remark> remarks =
                report.remarks().stream().filter(remark -> !remark.note()).toList();
        remarks.stream().limit(MOST_REMARKS).forEach(remark -> {
            console.warn(remark.headline(report.file()));
            remark.mend().lines().forEach(line -> console.warn("    " + line));
        });
        if (!remarks.isEmpty()) {
            String more = remarks.size() > MOST_REMARKS ? "… and " + (remarks.size() - MOST_REMARKS) + " more. " : "";
            console.warn(more + "The reasons: dokku nginx:template:check " + app.name());
        }
    }

    private static boolean isUsual(Settings settings) {
        return settings.procfilePath().equals(AppProperty.PROCFILE_PATH.otherwise());
    }

    /** Looked at only where the Procfile is missing: such a file may be anything in a repository that does without. */
    private boolean suppliesProcfile(Source source, List<Buildpack> packs) {
        return !packs.isEmpty() || !revisions.read(source, SUPPLYING).files().isEmpty();
    }

    private static UserException noProcfile(String path) {
        String where = path.equals(AppProperty.PROCFILE_PATH.otherwise())
                ? "Procfile at its root"
                : path + ", which ps:set procfile-path names";
        return UserException.invalid("The repository has no " + where
                + ": add one with a line TYPE: COMMAND for each process type, such as web: ./server");
    }

    /** The release task is run once a deploy and kept out of the formation. */
    private static Formation formation(App app, Procfile procfile, AppJson appJson) {
        Formation fitted = app.formation().fit(procfile);
        TreeMap<ProcessType, Integer> counts = new TreeMap<>(fitted.counts());
        appJson.formation().forEach((type, count) -> counts.computeIfPresent(type, (known, before) -> count));
        counts.remove(DeployTasks.RELEASE);
        return new Formation(counts);
    }
}
