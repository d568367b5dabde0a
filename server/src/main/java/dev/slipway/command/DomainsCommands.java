package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.deploy.Vhosts;
import dev.slipway.model.App;
import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** {@code domains}: the host names that lead to an app, and those that new apps get theirs from. */
final class DomainsCommands implements Noun {

    private final Apps apps;

    DomainsCommands(Apps apps) {
        this.apps = apps;
    }

    @Override
    public String name() {
        return "domains";
    }

    @Override
    public String summary() {
        return "Manage domains used by the proxy";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("domains:add", "<app> <domain>...", "Add domains to an app", this::add),
                Verb.of("domains:remove", "<app> <domain>...", "Remove domains from an app", this::remove),
                Verb.of("domains:set", "<app> <domain>...", "Set the domains of an app", this::set),
                Verb.of("domains:clear", "<app>", "Remove all domains of an app", this::clear),
                Verb.of("domains:disable", "<app>", "Serve an app by a port of its own and no domain", this::disable),
                Verb.of("domains:enable", "<app>", "Serve an app by the domains of a new one again", this::enable),
                Verb.of("domains:reset", "<app>", "Give an app the domains of a new one", this::reset),
                Verb.report("domains:report", "Show the domains of one app or all, and the global ones", this::report),
                Verb.of("domains:add-global", "<domain>...", "Add domains for apps to come", this::addGlobal),
                Verb.of("domains:remove-global", "<domain>...", "Remove domains for apps to come", this::removeGlobal),
                Verb.of("domains:set-global", "<domain>...", "Set the domains for apps to come", this::setGlobal),
                Verb.of("domains:clear-global", "", "Remove all domains for apps to come", this::clearGlobal));
    }

    private void add(Call call) {
        App app = call.app();
        LinkedHashSet<Domain> domains = new LinkedHashSet<>(app.domains());
        domains.addAll(domains(call));
        apps.setDomains(app.name(), List.copyOf(domains), call.console());
        for (Domain domain : domains(call)) {
            call.step(
                    app.domains().contains(domain)
                            ? "Skipping: " + domain + " already added to " + app.name()
                            : "Added " + domain + " to " + app.name());
        }
    }

    private void remove(Call call) {
        App app = call.app();
        List<Domain> domains = new ArrayList<>(app.domains());
        for (Domain domain : domains(call)) {
            if (!domains.remove(domain)) {
                throw UserException.notFound(domain + " is not a domain of " + app.name());
            }
        }
        apps.setDomains(app.name(), domains, call.console());
        domains(call).forEach(domain -> call.step("Removed " + domain + " from " + app.name()));
    }

    private void set(Call call) {
        App app = call.app();
        apps.setDomains(app.name(), domains(call), call.console());
        call.step("Set " + joined(domains(call)) + " for " + app.name());
    }

    private void clear(Call call) {
        App app = call.app();
        if (Vhosts.enabled(app)) {
            apps.setDomains(app.name(), List.of(), call.console());
        }
        call.step("Cleared domains in " + app.name());
    }

    private void disable(Call call) {
        App app = call.app();
        if (!Vhosts.enabled(app)) {
            call.step("domains (VHOST) support is already disabled for app (" + app.name() + ")");
            return;
        }
        apps.disableDomains(app.name(), call.console());
        call.step("Disabled domains in " + app.name() + ", which is served at "
                + String.join(" ", apps.urls(call.app())));
    }

    private void enable(Call call) {
        App app = call.app();
        if (Vhosts.enabled(app)) {
            call.step("domains (VHOST) support is already enabled for app (" + app.name() + ")");
            return;
        }
        apps.setDomains(app.name(), apps.domainsOfNew(app.name()), call.console());
        call.step("Enabled domains in " + app.name() + ": " + joined(call.app().domains()));
    }

    private void reset(Call call) {
        App app = call.app();
        apps.setDomains(app.name(), apps.domainsOfNew(app.name()), call.console());
        call.step("Reset domains in " + app.name());
    }

    private void addGlobal(Call call) {
        List<Domain> before = apps.globalDomains();
        LinkedHashSet<Domain> domains = new LinkedHashSet<>(before);
        domains.addAll(parents(call));
        apps.setGlobalDomains(List.copyOf(domains));
        domains(call)
                .forEach(domain -> call.step(
                        before.contains(domain) ? "Skipping: " + domain + " already added" : "Added " + domain));
    }

    private void removeGlobal(Call call) {
        List<Domain> domains = new ArrayList<>(apps.globalDomains());
        for (Domain domain : domains(call)) {
            if (!domains.remove(domain)) {
                throw UserException.notFound(domain + " is not a global domain");
            }
        }
        apps.setGlobalDomains(domains);
        domains(call).forEach(domain -> call.step("Removed " + domain));
    }

    private void setGlobal(Call call) {
        apps.setGlobalDomains(parents(call));
        call.step("Set " + joined(domains(call)));
    }

    private void clearGlobal(Call call) {
        apps.setGlobalDomains(List.of());
        call.step("Cleared domains");
    }

    private static List<Domain> domains(Call call) {
        return call.arguments().all("domain").stream()
                .map(Domain::new)
                .distinct()
                .toList();
    }

    /** An app's name comes before a global domain, so that it cannot be a wildcard. */
    private static List<Domain> parents(Call call) {
        for (Domain domain : domains(call)) {
            if (domain.wildcard()) {
                throw UserException.invalid(
                        domain
                                + " cannot be a global domain: apps get APP and the domain; leave out what stands before the name");
            }
        }
        return domains(call);
    }

    private void report(Call call) {
        List<Domain> global = apps.globalDomains();
        Report.print(
                call,
                () -> describe(Report.global("domains"), global),
                app -> describe(
                        new Report(app.name() + " domains information")
                                .with("Domains app enabled", Vhosts.enabled(app))
                                .with("Domains app vhosts", joined(app.domains())),
                        global));
    }

    private static Report describe(Report report, List<Domain> global) {
        return report.with("Domains global enabled", !global.isEmpty()).with("Domains global vhosts", joined(global));
    }

    private static String joined(List<Domain> domains) {
        return domains.stream().map(Domain::value).collect(Collectors.joining(" "));
    }
}
