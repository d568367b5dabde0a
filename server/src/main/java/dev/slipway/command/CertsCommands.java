package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.cert.CertificateArchive;
import dev.slipway.cert.CertificateReport;
import dev.slipway.cert.Certificates;
import dev.slipway.cert.SelfSigned;
import dev.slipway.cert.SigningRequest;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code certs}: what https is served with. */
final class CertsCommands implements Noun {

    private final Apps apps;
    private final Deployer deployer;
    private final Path directories;
    private final Clock clock;

    /** @param directories where each app has its directory */
    CertsCommands(Apps apps, Deployer deployer, Path directories, Clock clock) {
        this.apps = apps;
        this.deployer = deployer;
        this.directories = directories;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certs";
    }

    @Override
    public String summary() {
        return "Manage SSL (TLS) certs";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "certs:add",
                        "<app> [<crt>] [<key>]",
                        "Serve https with a certificate: two files, or a tar of them on standard input",
                        this::add),
                Verb.of(
                        "certs:generate",
                        "<app> <domain>",
                        "Serve https with a certificate that this machine signs",
                        this::generate),
                Verb.of("certs:remove", "<app>", "Serve https no longer", this::remove),
                Verb.report("certs:report", "Show the certificate of one app or all", this::report),
                Verb.of("certs:show", "<app> [<crt|key>]", "Print the certificate or its key as PEM", this::show),
                Verb.of(
                        "certs:update",
                        "<app> [<crt>] [<key>]",
                        "Put another certificate in the place of the one there: as certs:add",
                        this::update));
    }

    private void update(Call call) {
        require(call.app(), call);
        add(call);
    }

    private static CertificatePem require(App app, Call call) {
        return call.store()
                .certificate(app.name())
                .orElseThrow(() -> UserException.notFound(
                        app.name() + " doesn't have an SSL endpoint defined: give it one with certs:add"));
    }

    private void show(Call call) {
        App app = call.app();
        String what = call.arguments().optional("crt|key").orElse("");
        if (!what.equals("crt") && !what.equals("key")) {
            throw UserException.invalid("specify either 'key' or 'crt'");
        }
        CertificatePem pem = require(app, call);
        call.console().line((what.equals("crt") ? pem.chain() : pem.key()).stripTrailing());
    }

    private void add(Call call) {
        App app = call.app();
        Optional<String> crt = call.arguments().optional("crt");
        Optional<String> key = call.arguments().optional("key");
        if (crt.isPresent() && key.isEmpty()) {
            throw UserException.invalid(
                    "certs:add takes two files, the certificate and its key, or a tar on standard input");
        }
        CertificatePem pem = crt.isPresent()
                ? Certificates.check(file(call, crt.get()), file(call, key.orElseThrow()), clock.instant())
                : archived(call);
        call.step("Setting the certificate of " + app.name());
        deployer.site().certify(app.name(), Optional.of(pem), call.console());
    }

    private static String file(Call call, String name) {
        return LocalFile.read(
                call, name, "send a tar of them: tar -cf - server.crt server.key | ssh … certs:add " + call.appName());
    }

    private CertificatePem archived(Call call) {
        try {
            CertificateArchive archive = CertificateArchive.read(call.in());
            return Certificates.check(archive.certificate(), archive.key(), clock.instant());
        } catch (IOException e) {
            throw new UserException(
                    UserException.Kind.INVALID, "The tar on standard input cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The domain becomes one of the app's, as in Dokku; the certificate is for its others too, so that none of them is served with a wrong
     * one. A certificate that is there stays: it may be one that cost somebody something.
     */
    private void generate(Call call) {
        App app = call.app();
        Domain domain = new Domain(call.arguments().one("domain"));
        if (call.store().certificate(app.name()).isPresent()) {
            call.step(app.name() + " has an SSL endpoint already defined");
            return;
        }
        LinkedHashSet<Domain> domains = new LinkedHashSet<>(app.domains());
        domains.add(domain);
        call.step("Generating a self-signed certificate for " + domain);
        CertificatePem pem = SelfSigned.make(names(domain, domains), clock.instant());
        if (!app.domains().contains(domain)) {
            apps.setDomains(app.name(), List.copyOf(domains), call.console());
        }
        deployer.site().certify(app.name(), Optional.of(pem), call.console());
        call.step("To have an authority sign it, send it this request; what it answers goes with the key that"
                + " dokku certs:show " + app.name() + " key prints into certs:update");
        call.console().line(SigningRequest.of(pem).stripTrailing());
    }

    /** What a certificate can name: {@code .example.com} is two names to it, and {@code _} none. */
    private static List<Domain> names(Domain first, Collection<Domain> domains) {
        LinkedHashSet<Domain> names = new LinkedHashSet<>();
        Stream.concat(Stream.of(first), domains.stream())
                .map(Domain::value)
                .filter(name -> !name.equals("_"))
                .forEach(name -> {
                    names.add(new Domain(name.startsWith(".") ? name.substring(1) : name));
                    if (name.startsWith(".")) {
                        names.add(new Domain("*" + name));
                    }
                });
        if (names.isEmpty()) {
            throw UserException.invalid(first + " is no name that a certificate can be for");
        }
        return List.copyOf(names);
    }

    private void remove(Call call) {
        App app = call.app();
        if (call.store().certificate(app.name()).isEmpty()) {
            throw UserException.notFound("An app-specific SSL endpoint is not defined");
        }
        deployer.site().certify(app.name(), Optional.empty(), call.console());
        call.step("Removed the certificate of " + app.name());
    }

    private void report(Call call) {
        Report.print(call, () -> Report.global("certs"), app -> {
            Report report = new Report(app.name() + " ssl information");
            CertificateReport.of(
                            call.store().certificate(app.name()),
                            directories.resolve(app.name().value()).resolve("tls"))
                    .forEach(report::with);
            return report;
        });
    }
}
