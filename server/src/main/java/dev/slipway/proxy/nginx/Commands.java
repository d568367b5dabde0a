package dev.slipway.proxy.nginx;

import dev.slipway.exec.Command;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The command lines around nginx. Everything that reads configuration runs without privileges, the test too: as root it would
 * create the files that it is told to log to.
 */
record Commands(NginxSettings settings) {

    /** A bind that fails is tried again by nginx for 2.5 s. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    Command version() {
        return Command.of(settings.program().toString(), "-V").within(LIMIT);
    }

    /** Tests a whole configuration; complaints go to standard error. */
    Command test(Path main) {
        return nginx(main).with("-t", "-q");
    }

    /** Starts it; returns once its sockets are bound, or with its complaints on standard error. */
    Command start() {
        return nginx(settings.directories().main());
    }

    private Command nginx(Path main) {
        String user = Integer.toString(settings.uid());
        return Command.of(
                        "setpriv",
                        "--reuid",
                        user,
                        "--regid",
                        user,
                        "--clear-groups",
                        "--inh-caps=-all,+net_bind_service",
                        "--ambient-caps=-all,+net_bind_service",
                        "--bounding-set=-all,+net_bind_service",
                        settings.program().toString(),
                        "-p",
                        settings.directories().tree() + "/",
                        "-e",
                        "stderr",
                        "-c",
                        main.toString())
                .within(LIMIT);
    }
}
