package dev.slipway.command;

import dev.slipway.cert.CertificateArchive;
import dev.slipway.cert.CertificateReport;
import dev.slipway.cert.Certificates;
import dev.slipway.cert.SelfSigned;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** {@code certs}: what https is served with. */
final class CertsCommands implements Noun {

    private final Deployer deployer;
    private final Path directories;
    private final Clock clock;

    /** @param directories where each app has its directory */
    CertsCommands(Deployer deployer, Path directories, Clock clock) {
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
                Verb.of("certs:report", Report.USAGE, "Show the certificate of one app or all", this::report));
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

    /** The certificate is for the app's other domains too, so that none of them is served with a wrong one. */
    private void generate(Call call) {
        App app = call.app();
        LinkedHashSet<Domain> domains = new LinkedHashSet<>();
        domains.add(new Domain(call.arguments().one("domain")));
        domains.addAll(app.domains());
        call.step("Generating a self-signed certificate for " + domains.getFirst());
        CertificatePem pem = SelfSigned.make(new ArrayList<>(domains), clock.instant());
        deployer.site().certify(app.name(), Optional.of(pem), call.console());
    }

    private void remove(Call call) {
        App app = call.app();
        if (call.store().certificate(app.name()).isEmpty()) {
            throw UserException.notFound("App " + app.name() + " has no certificate to remove");
        }
        deployer.site().certify(app.name(), Optional.empty(), call.console());
        call.step("Removed the certificate of " + app.name());
    }

    private void report(Call call) {
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " ssl information");
            CertificateReport.of(
                            call.store().certificate(app.name()),
                            directories.resolve(app.name().value()).resolve("tls"))
                    .forEach(report::with);
            report.print(call);
        }
    }
}
