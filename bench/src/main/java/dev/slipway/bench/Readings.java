package dev.slipway.bench;

import dev.slipway.exec.Command;
import dev.slipway.proxy.FreePort;
import java.util.ArrayList;
import java.util.List;

/** Every command that only reads, by {@code bin/dokku}, on a server with very many apps. */
final class Readings {

    static final int APPS = 500;

    /** In milliseconds, for each. */
    static final double AIM = 100;

    /** What the thin client and the door take for a command that has nothing to do. */
    static final String FLOOR = "version";

    /** A daemon serves for weeks: what is measured is one whose code is compiled. */
    private static final int WARM_UP = 20;

    private static final int RUNS = 9;

    private static final List<String> COMMANDS = List.of(
            FLOOR,
            "help",
            "apps:list",
            "apps:exists APP",
            "apps:report APP",
            "apps:report",
            "app-json:report",
            "builder:report",
            "buildpacks:list APP",
            "buildpacks:report",
            "builds:list APP",
            "builds:report",
            "ps:scale APP",
            "ps:report APP",
            "ps:report",
            "ps:inspect APP",
            "config:show APP",
            "config:get APP GIT_REV",
            "config:keys APP",
            "config:export APP",
            "domains:report APP",
            "domains:report",
            "ports:list APP",
            "ports:report",
            "certs:report APP",
            "certs:report",
            "checks:report",
            "cron:list APP",
            "cron:report",
            "events",
            "proxy:report",
            "proxy:route:report",
            "proxy:explain http://websocket-example.bench.test/",
            "network:report",
            "nginx:report APP",
            "nginx:report",
            "nginx:show-config APP",
            "nginx:workers",
            "nginx:access-logs APP",
            "nginx:error-logs APP",
            "logs APP",
            "logs:report",
            "git:report APP",
            "git:report",
            "resource:report",
            "run:list APP",
            "report APP",
            "report",
            "scheduler:report",
            "ssh-keys:list",
            "storage:list APP",
            "storage:report",
            "url APP",
            "urls APP",
            "completion bash");

    private final Lab lab;

    Readings(Lab lab) {
        this.lab = lab;
    }

    /** @param wall in milliseconds, until the client has ended */
    record Cost(String command, Spread wall) {}

    /** One cost for each command, in the order of the list; the first is the {@link #FLOOR}. */
    List<Cost> measure() {
        lab.must(lab.clients().dokku("ports:add", Lab.APP, "http:" + FreePort.find() + ":5000"));
        Vhosts.create(lab, "reading-%04d", APPS - 2);
        return COMMANDS.stream().map(this::measure).toList();
    }

    private Cost measure(String words) {
        Command command = lab.clients().dokku(words.replace("APP", Lab.APP).split(" "));
        List<Double> wall = new ArrayList<>();
        for (int run = -WARM_UP; run < RUNS; run++) {
            long begin = System.nanoTime();
            lab.must(command);
            if (run >= 0) {
                wall.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return new Cost(words.replace("APP", "websocket-example"), Spread.of(wall));
    }
}
