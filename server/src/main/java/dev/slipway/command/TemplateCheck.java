package dev.slipway.command;

import dev.slipway.console.Console;
import dev.slipway.deploy.SiteChanges;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.TemplateReport.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code nginx:template:check}: reads templates as somebody would who knows their traps. What it remarks upon is no failure; a template
 * that cannot be rendered, or that nginx would refuse, is.
 */
final class TemplateCheck {

    static final String NAME = "nginx:template:check";
    static final String USAGE = "[<app|file>]";
    static final String SUMMARY =
            "Say what to mend in custom templates; fails only if nginx would refuse one (- reads standard input)";

    /** What standard input is called in messages: the name that a template has in a repository. */
    private static final String USUAL = "nginx.conf.sigil";

    /** The name that stands for an app's in what to type, where a template belongs to none. */
    private static final String ANY_APP = "APP";

    private static final int LARGEST = 1 << 20;
    private static final int MOST_DIFFERENCES = 60;
    private static final int LONGEST_LINE = 100;

    private final SiteChanges sites;
    private final Proxy proxy;

    TemplateCheck(SiteChanges sites, Proxy proxy) {
        this.sites = sites;
        this.proxy = proxy;
    }

    void run(Call call) {
        Optional<String> word = call.arguments().optional("app|file");
        if (word.isEmpty()) {
            all(call);
            return;
        }
        Optional<App> app = call.store().apps().stream()
                .filter(name -> name.value().equals(word.get()))
                .findFirst()
                .flatMap(call.store()::find);
        if (app.isPresent()) {
            one(call, app.get());
        } else {
            Site site = word.get().equals("-")
                    ? sites.nameless(USUAL, input(call))
                    : sites.nameless(Words.shown(word.get()), file(call, word.get()));
            proxy.inspect(site).ifPresent(report -> print(call, report, ANY_APP));
            proxy.test(site).forEach(call.console()::warn);
        }
    }

    private void all(Call call) {
        List<String> refused = new ArrayList<>();
        int custom = 0;
        for (App app : call.apps()) {
            Site site = sites.of(app);
            Optional<TemplateReport> report = proxy.inspect(site);
            if (report.isEmpty()) {
                continue;
            }
            custom++;
            call.title(app.name() + " " + report.get().file());
            try {
                print(call, report.get(), app.name().value());
                proxy.test(site).forEach(call.console()::warn);
            } catch (UserException e) {
                call.console().warn(e.text());
                refused.add(app.name().value());
            }
        }
        if (custom == 0) {
            call.console().line("No app has a template of its own");
        }
        if (!refused.isEmpty()) {
            throw UserException.failed("The templates of these apps would be refused: " + String.join(", ", refused));
        }
    }

    private void one(Call call, App app) {
        Site site = sites.of(app);
        proxy.inspect(site)
                .ifPresentOrElse(
                        report -> print(call, report, app.name().value()),
                        () -> call.console().line(app.name() + " is served by the default template"));
        proxy.test(site).forEach(call.console()::warn);
    }

    private static String input(Call call) {
        try {
            byte[] bytes = call.in().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw UserException.invalid("A template of more than " + LARGEST + " bytes is not read");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException(Kind.INVALID, "Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private static String file(Call call, String name) {
        String instead = "give it on standard input: " + NAME + " - < " + USUAL;
        if (!call.caller().local()) {
            throw new UserException(
                    Kind.NO_SUCH_APP, "App " + Words.shown(name) + " does not exist; if it is a file, " + instead);
        }
        return LocalFile.read(call, name, instead);
    }

    private static void print(Call call, TemplateReport report, String app) {
        Console console = call.console();
        if (report.remarks().isEmpty()) {
            console.line(report.file() + ": nothing to remark");
        }
        report.remarks().forEach(remark -> print(console, report.file(), remark));
        if (!report.structure().isEmpty()) {
            call.step("What it has (+) and lacks (-) against the default template");
            differences(console, report.structure());
        }
        if (!report.text().isEmpty()) {
            call.step("Lines that it adds to (+) and takes from (-) the default template");
            differences(console, report.text());
        }
        successors(call, report, app);
    }

    private static void print(Console console, String file, Remark remark) {
        console.line(shown(remark.headline(file)));
        remark.why().lines().forEach(line -> console.line("    why:  " + shown(line)));
        remark.mend().lines().forEach(line -> console.line("    mend: " + shown(line)));
    }

    private static void differences(Console console, List<Difference> all) {
        for (Difference one : all.subList(0, Math.min(all.size(), MOST_DIFFERENCES))) {
            String text = one.text().length() > LONGEST_LINE ? one.text().substring(0, LONGEST_LINE) + "…" : one.text();
            console.detail("%s %4d | %s".formatted(one.added() ? "+" : "-", one.line(), shown(text)));
        }
        if (all.size() > MOST_DIFFERENCES) {
            console.detail("… and " + (all.size() - MOST_DIFFERENCES) + " more");
        }
    }

    private static void successors(Call call, TemplateReport report, String app) {
        Console console = call.console();
        if (!report.successors().isEmpty()) {
            call.step("Commands that take its place");
            report.successors().forEach(successor -> console.detail("dokku " + shown(successor.on(app))));
        }
        if (!report.rest().isEmpty()) {
            call.step("Only a template can do this");
            report.rest().forEach(line -> console.detail(shown(line)));
        } else if (report.comparable()) {
            String then =
                    report.successors().isEmpty() ? "The default template serves the same" : "With these in its place";
            call.step(then + ", the file can be removed");
            console.detail("git rm " + report.file());
        }
    }

    /** Templates come out of repositories: a terminal shall not act upon what they hold. */
    private static String shown(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
    }
}
