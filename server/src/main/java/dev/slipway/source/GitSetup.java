package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.model.AppName;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where git works and as whom: it parses what strangers send, so it runs as a user of its own that owns the repositories
 * and nothing else.
 *
 * @param repositories holds {@code APP.git} for each app; git's user must be able to reach it
 * @param own holds the hook, git's home and the meeting places of pushes; git's user must be able to reach it
 * @param user git's own user, also its group
 * @param largestPush how many bytes one push may send (git's {@code receive.maxInputSize})
 */
public record GitSetup(Path repositories, Path own, SandboxUser user, long largestPush) {

    /** One gibibyte: more than this in one push is a mistake, not a source tree. */
    public static final long LARGEST_PUSH = 1L << 30;

    Path repository(AppName app) {
        return repositories.resolve(app + ".git");
    }

    Path hooks() {
        return own.resolve("hooks");
    }

    Path home() {
        return own.resolve("home");
    }

    /** What git's user needs to talk to other machines: the deploy key, the hosts that it knows, how ssh behaves. */
    Path ssh() {
        return home().resolve(".ssh");
    }

    Path pushes() {
        return own.resolve("pushes");
    }

    /** A git command line as git's user, with nothing of ours in its environment and no configuration but its repository's. */
    Command git(List<String> options, List<String> words) {
        String uid = Integer.toString(user.uid());
        List<String> argv = new ArrayList<>(
                List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs", "git"));
        options.forEach(option -> argv.addAll(List.of("-c", option)));
        argv.addAll(words);
        return Command.of(argv)
                .in(own)
                .environment("HOME", home().toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_TERMINAL_PROMPT", "0");
    }

    /**
     * A command line as git's user, for programs that ask who that is: ssh does not work for a number without a name. The name is given in
     * a mount namespace of the command's own; the shell reads nothing but the line here.
     */
    Command named(Path passwd, Command command) {
        List<String> argv = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--",
                "sh",
                "-c",
                "mount --bind \"$1\" /etc/passwd && shift && exec \"$@\"",
                "sh",
                passwd.toString()));
        argv.addAll(command.argv());
        return new Command(argv, command.environment(), command.directory(), command.input(), command.limit());
    }

    /** A git command line inside the repository of an app. */
    Command gitIn(AppName app, String... words) {
        return git(List.of(safe(app)), inside(app, words));
    }

    List<String> inside(AppName app, String... words) {
        List<String> all = new ArrayList<>(List.of("--git-dir", repository(app).toString()));
        all.addAll(List.of(words));
        return all;
    }

    /** A repository that was restored from a backup may have another owner; git would refuse it. */
    String safe(AppName app) {
        return "safe.directory=" + repository(app);
    }
}
