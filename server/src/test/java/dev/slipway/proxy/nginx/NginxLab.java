package dev.slipway.proxy.nginx;

import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.proxy.FreePort;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.proxy.nginx.worker.ProcFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A private nginx on free loopback ports, in a directory of the test's own. */
final class NginxLab implements AutoCloseable {

    static final int UID = 64_321;

    final NginxDirectories directories;
    final NginxSettings settings;
    final int http;
    final int https;
    Nginx nginx;

    NginxLab(Path directory) throws IOException {
        this(directory, List.of("127.0.0.1"), List.of());
    }

    NginxLab(Path directory, List<String> ipv4, List<String> ipv6) throws IOException {
        for (Path above = directory;
                above.startsWith("/tmp") && !above.equals(Path.of("/tmp"));
                above = parent(above)) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
        }
        directories = new NginxDirectories(
                directory.resolve("nginx"),
                directory.resolve("apps"),
                directory.resolve("lib"),
                directory.resolve("log"));
        http = FreePort.find();
        https = FreePort.find();
        settings = new NginxSettings(
                Path.of("/usr/sbin/nginx"), directories, UID, new HostPorts(http, https), ipv4, ipv6, openFiles());
        nginx = new Nginx(new SystemRunner(), settings);
    }

    /** Another daemon on the same directories. */
    Nginx another() {
        nginx = new Nginx(new SystemRunner(), settings);
        return nginx;
    }

    ProcFile master() throws IOException {
        return new ProcFile(Long.parseLong(Files.readString(directories.pid()).strip()));
    }

    /** How many configurations this nginx has taken up. */
    long generation() {
        return new ControlSocket(directories.control())
                .generation(Duration.ofSeconds(10))
                .orElseThrow();
    }

    @Override
    public void close() {
        nginx.stop();
    }

    Draft site(String app) {
        return new Draft(new AppName(app));
    }

    /** A connection to the https port that trusts nothing but this certificate. */
    SSLSocket secure(CertificatePem pem, String host) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "own",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.chain().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), https);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int openFiles() throws IOException {
        return Files.readString(Path.of("/proc/self/limits"))
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> Integer.parseInt(line.split("\\s+")[4]))
                .findFirst()
                .orElseThrow();
    }

    private static Path parent(Path path) {
        return Optional.ofNullable(path.getParent()).orElseThrow();
    }

    /** A site in the making: served on the lab's ports under APP.test, with what a test adds. */
    final class Draft {

        private final AppName app;
        private final SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        private List<Route> routes = List.of();
        private Optional<Site.Template> template = Optional.empty();
        private Optional<CertificatePem> certificate = Optional.empty();
        private Map<String, String> properties = Map.of();
        private Config config = Config.EMPTY;
        private List<Domain> domains;
        private boolean anyHost;
        private int plain = http;

        private Draft(AppName app) {
            this.app = app;
            this.domains = List.of(new Domain(app + ".test"));
        }

        Draft type(String type, EchoServer... processes) {
            listeners.put(
                    new ProcessType(type),
                    java.util.Arrays.stream(processes)
                            .map(process -> new Listener(process.address(), EchoServer.PORT))
                            .toList());
            return this;
        }

        Draft template(String text) {
            template = Optional.of(new Site.Template("nginx.conf.sigil", text));
            return this;
        }

        Draft routes(Route... leading) {
            routes = List.of(leading);
            return this;
        }

        Draft certificate(CertificatePem pem) {
            certificate = Optional.of(pem);
            return this;
        }

        Draft properties(Map<String, String> set) {
            properties = set;
            return this;
        }

        Draft config(Config set) {
            config = set;
            return this;
        }

        Draft domains(String... names) {
            domains = java.util.Arrays.stream(names).map(Domain::new).toList();
            return this;
        }

        /** By this port and whatever host is asked for. */
        Draft anyHost(int port) {
            anyHost = true;
            plain = port;
            domains = List.of();
            return this;
        }

        Site build() {
            PortMapping plain = PortMapping.parse("http:" + this.plain + ":5000");
            PortMapping secure = PortMapping.parse("https:" + https + ":5000");
            return new Site(
                    app,
                    template,
                    domains,
                    certificate.isPresent() ? List.of(plain, secure) : List.of(plain),
                    listeners,
                    routes,
                    certificate,
                    properties,
                    config,
                    anyHost);
        }
    }
}
