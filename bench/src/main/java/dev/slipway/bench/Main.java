package dev.slipway.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures, and prints tables in Markdown: {@code Main ROOT [platform] [template]}. */
final class Main {

    private static final Set<String> PARTS = Set.of("platform", "template");

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] words) {
        List<String> parts = new ArrayList<>(List.of(words).subList(1, words.length));
        if (!PARTS.containsAll(parts)) {
            System.err.println("usage: bin/bench [platform] [template]");
            System.exit(2);
        }
        OUT.println(Machine.describe() + "\n");
        if (parts.isEmpty() || parts.contains("platform")) {
            platform(Path.of(words[0]));
        }
        if (parts.isEmpty() || parts.contains("template")) {
            say("the template engine");
            OUT.println(Templates.measure());
        }
    }

    private static void platform(Path root) {
        say("a server, and the first push of " + Lab.APP + " to it");
        try (Lab lab = Lab.start(root)) {
            double start = lab.daemon().startSeconds();
            OUT.println(Reports.operations(lab, Main::say));
            say("the platform's nginx beside a hand-written one");
            try (PlainNginx plain = PlainNginx.start(lab)) {
                OUT.println(Reports.proxies(new Proxies(lab, plain).compare()));
            }
            say("the daemon");
            OUT.println(Reports.daemon(lab, start));
        }
    }

    private static void say(String what) {
        System.err.println("bin/bench: " + what);
    }
}
