package dev.slipway.bench;

import dev.slipway.model.AppName;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.FreePort;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.Nginx;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The platform's proxy by itself, with many sites of the default template: what a change of one of them costs. */
final class Reloads {

    static final List<Integer> SIZES = List.of(10, 100, 1_000);

    private static final int RUNS = 7;
    private static final int UID = 64_329;
    private static final int OPEN_FILES = 20_000;

    private final Lab lab;
    private final TimedRunner runner = new TimedRunner();
    private final HostPorts ports = new HostPorts(FreePort.find(), FreePort.find());

    /** @param lab whose directory and end it shares */
    Reloads(Lab lab) {
        this.lab = lab;
    }

    /**
     * What a change of one site costs.
     *
     * @param wall seconds from publishing it until a request of its new domain is answered
     * @param test of them, {@code nginx -t}
     * @param reload of them, from the signal until the old workers accept no more, and the request
     * @param nginxCpu seconds of nginx, its test and the old workers' end included
     * @param ownCpu seconds of the platform's own code
     * @param nginx MiB of nginx afterwards, its master and its workers
     */
    record Cost(int sites, Spread wall, Spread test, Spread reload, double nginxCpu, double ownCpu, double nginx) {}

    Cost measure(int count) {
        List<Site> sites =
                IntStream.range(0, count).mapToObj(number -> site(number, 0)).toList();
        NginxDirectories directories = directories(lab.work("reloads-" + count));
        Nginx nginx = new Nginx(
                runner,
                new NginxSettings(program(), directories, UID, ports, List.of("127.0.0.1"), List.of(), OPEN_FILES));
        lab.atEnd(nginx::stop);
        try {
            List<String> refused = nginx.start(sites);
            if (!refused.isEmpty()) {
                throw new IllegalStateException(refused.getFirst());
            }
            return changes(nginx, directories, count);
        } finally {
            nginx.stop();
        }
    }

    private Cost changes(Nginx nginx, NginxDirectories directories, int count) {
        List<Double> wall = new ArrayList<>();
        List<Double> test = new ArrayList<>();
        List<Double> reload = new ArrayList<>();
        long master = master(directories);
        int workers = Processes.children(master).size();
        change(nginx, count / 2, 1);
        settle(master, workers);
        double nginxBefore = nginxCpu(master);
        double ownBefore = CpuMeter.process(ProcessHandle.current().pid());
        for (int run = 0; run < RUNS; run++) {
            wall.add(change(nginx, count / 2, run + 2));
            reload.add(runner.sinceSignal());
            test.add(runner.testSeconds());
        }
        double own = CpuMeter.process(ProcessHandle.current().pid()) - ownBefore;
        settle(master, workers);
        return new Cost(
                count,
                Spread.of(wall),
                Spread.of(test),
                Spread.of(reload),
                (nginxCpu(master) - nginxBefore) / RUNS,
                own / RUNS,
                Processes.kibibytes(Processes.family(master)) / 1024);
    }

    private double change(Nginx nginx, int number, int change) {
        Site site = site(number, change);
        long begin = System.nanoTime();
        nginx.publish(site);
        Vhosts.expect(ports.http(), site.domains().getLast().value());
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Waits until only new workers are left. */
    private static void settle(long master, int workers) {
        while (Processes.children(master).size() > workers) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What it has taken since it was started, gone workers included, and all that tested it. */
    private static double nginxCpu(long master) {
        return CpuMeter.children()
                + CpuMeter.children(master)
                + Processes.family(master).stream()
                        .mapToDouble(CpuMeter::process)
                        .sum();
    }

    private Site site(int number, int change) {
        AppName app = new AppName("site-%04d".formatted(number));
        List<Domain> domains = new ArrayList<>(List.of(new Domain(app + "." + Lab.DOMAIN)));
        if (change > 0) {
            domains.add(new Domain("change-" + change + "." + Lab.DOMAIN));
        }
        return new Site(
                app,
                Optional.empty(),
                domains,
                List.of(PortMapping.parse("http:" + ports.http() + ":5000")),
                new LinkedHashMap<>(Map.of(new ProcessType("web"), List.of())),
                List.of(),
                Optional.empty(),
                Map.of(),
                Config.EMPTY);
    }

    private static NginxDirectories directories(Path place) {
        return new NginxDirectories(
                place.resolve("nginx"), place.resolve("apps"), place.resolve("lib"), place.resolve("log"));
    }

    private static long master(NginxDirectories directories) {
        try {
            return Long.parseLong(Files.readString(directories.pid(), StandardCharsets.US_ASCII)
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        return List.of("/usr/local/sbin", "/usr/sbin", "/usr/bin").stream()
                .map(place -> Path.of(place, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nginx is not installed"));
    }
}
