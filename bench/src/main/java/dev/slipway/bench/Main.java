package dev.slipway.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures, and prints tables in Markdown: {@code Main ROOT [platform] [sockets] [commands] [template]}. */
final class Main {

    private static final Set<String> PARTS = Set.of("platform", "sockets", "commands", "template");

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] words) {
        List<String> parts = new ArrayList<>(List.of(words).subList(1, words.length));
        if (!PARTS.containsAll(parts)) {
            System.err.println("usage: bin/bench [platform] [sockets] [commands] [template]");
            System.exit(2);
        }
        if (parts.isEmpty()) {
            parts.addAll(PARTS);
        }
        OUT.println(Machine.describe() + "\n");
        int lost = onLab(Path.of(words[0]), parts);
        if (parts.contains("commands")) {
            commands(Path.of(words[0]));
        }
        if (parts.contains("template")) {
            say("the template engine");
            OUT.println(Templates.measure());
        }
        if (lost > 0) {
            System.err.println("bin/bench: " + lost + " sockets were dropped");
            System.exit(1);
        }
    }

    /** How many sockets were dropped that should have lived. */
    private static int onLab(Path root, List<String> parts) {
        if (!parts.contains("platform") && !parts.contains("sockets")) {
            return 0;
        }
        say("a server, and the first push of " + Lab.APP + " to it");
        try (Lab lab = Lab.start(root)) {
            if (parts.contains("platform")) {
                platform(lab);
            }
            return parts.contains("sockets") ? sockets(lab) : 0;
        }
    }

    /** On a server of its own: very many apps would be in the way of all other measurements. */
    private static void commands(Path root) {
        say("a server for what only reads");
        try (Lab lab = Lab.start(root)) {
            say("what only reads, with " + Readings.APPS + " apps");
            OUT.println(Reports.readings(new Readings(lab).measure()));
        }
    }

    private static void platform(Lab lab) {
        double start = lab.daemon().startSeconds();
        OUT.println(Reports.operations(lab, Main::say));
        say("the platform's nginx beside a hand-written one");
        try (PlainNginx plain = PlainNginx.start(lab)) {
            OUT.println(Reports.proxies(new Proxies(lab, plain).compare()));
        }
        say("the daemon");
        OUT.println(Reports.daemon(lab, start));
    }

    private static int sockets(Lab lab) {
        lab.route();
        say(IdleSockets.SOCKETS + " idle sockets");
        List<IdleSockets.Cost> idle = new IdleSockets(lab).compare();
        OUT.println(SocketReports.idle(idle));
        say(PackedWorker.SOCKETS + " sockets on one worker");
        PackedWorker.Outcome packed = new PackedWorker(lab).measure();
        OUT.println(SocketReports.packed(packed));
        say("echoes while another app is deployed");
        DeployWindows.Outcome echoes;
        try (DeployWindows windows = DeployWindows.prepare(lab)) {
            echoes = windows.measure();
        }
        OUT.println(SocketReports.deploys(echoes));
        Reloads reloads = new Reloads(lab);
        OUT.println(SocketReports.reloads(Reloads.SIZES.stream()
                .peek(size -> say("a change of one of " + size + " sites"))
                .map(reloads::measure)
                .toList()));
        say(Vhosts.APPS + " apps, from end to end");
        OUT.println(SocketReports.vhosts(new Vhosts(lab).measure()));
        return idle.stream().mapToInt(IdleSockets.Cost::lost).sum() + packed.lost() + echoes.dropped();
    }

    private static void say(String what) {
        System.err.println("bin/bench: " + what);
    }
}
