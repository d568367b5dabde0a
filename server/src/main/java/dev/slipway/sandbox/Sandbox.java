package dev.slipway.sandbox;

import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One sandbox to be made: all that decides what the program inside sees and may use.
 *
 * @param id unique on this machine; letters, digits, dots, hyphens and underscores
 * @param hostname what the program is told its machine is called; at most 63 characters
 * @param command what the shell inside is given as one argument; it is read there and nowhere else
 * @param environment of the program; {@code HOME}, {@code PATH} and {@code LANG} have defaults
 * @param app what is seen as {@code /app}
 * @param mounts further ones
 */
public record Sandbox(
        String id,
        String hostname,
        SandboxUser user,
        Limits limits,
        List<String> command,
        Map<String, String> environment,
        App app,
        List<Mount> mounts) {

    public Sandbox {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,200}")) {
            throw new IllegalArgumentException("sandbox id " + id);
        }
        hostname = hostname.substring(0, Math.min(hostname.length(), 63));
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** What is seen as {@code /app}. */
    public sealed interface App {

        Path tree();

        /** A tree that stays as it is, under a layer in memory that takes what is written, and goes with the sandbox. */
        record Layered(Path tree) implements App {

            public Layered {
                checkOverlay(tree);
            }
        }

        /** A directory that is written to. */
        record Writable(Path tree) implements App {}
    }

    /** The kernel takes overlay's paths in one text that these characters divide. */
    static void checkOverlay(Path path) {
        if (path.toString().matches(".*[,:\\\\\"].*")) {
            throw new IllegalArgumentException("an overlay file system cannot take the path " + path);
        }
    }

    /**
     * The arguments that run a Procfile's command: the build's profile scripts first, then the command by a shell of its own,
     * which is given it as an argument.
     */
    public static List<String> shell(String command) {
        return shell(command, List.of());
    }

    /** As above, with positional parameters for the command's shell. */
    public static List<String> shell(String command, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("/bin/bash", "-c", PROFILE, "slipway", command));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    private static final String PROFILE = """
            for script in /app/.profile.d/*.sh; do
              if [ -r "$script" ]; then . "$script"; fi
            done
            unset script TINI_VERBOSITY
            PATH="/app/bin:$PATH" exec /bin/bash -c "$1" /bin/bash "${@:2}"
            """;
}
