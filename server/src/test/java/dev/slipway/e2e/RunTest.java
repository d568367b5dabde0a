package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One-off processes, terminals, scripts, variables and cron tasks, with a real daemon, real ssh and real terminals. */
final class RunTest {

    /** A person at a terminal: what they type follows what they see, and after "ready" they make the window larger. */
    private static final String PERSON = """
            import fcntl, os, pty, struct, sys, termios
            def size(fd, rows, columns):
                fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
            pid, fd = pty.fork()
            if pid == 0:
                size(0, 33, 101)
                os.execvp(sys.argv[2], sys.argv[2:])
            seen, keys = b'', [step.split('=>') for step in sys.argv[1].split('|')]
            while True:
                try:
                    data = os.read(fd, 4096)
                except OSError:
                    break
                if not data:
                    break
                seen += data
                while keys and keys[0][0].encode() in seen:
                    wanted, typed = keys.pop(0)
                    seen = seen.split(wanted.encode(), 1)[1]
                    if typed == 'LARGER':
                        size(fd, 44, 120)
                    else:
                        os.write(fd, typed.encode().decode('unicode_escape').encode())
                sys.stdout.buffer.write(data)
            sys.stdout.flush()
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    /** Says how large its window is, at first and when that changes, and reads two lines. */
    private static final String WINDOW = """
            import os, signal, sys
            def show(*_):
                print(os.get_terminal_size(0), os.environ["TERM"], os.ttyname(0), flush=True)
            signal.signal(signal.SIGWINCH, show)
            show()
            print("ready", flush=True)
            print("<" + sys.stdin.readline().strip() + ">", flush=True)
            sys.stdin.readline()
            """;

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Platform platform;
    private static Checkout shop;

    @BeforeAll
    static void start() {
        platform = Platform.start();
        shop = platform.checkout("shop", "echo");
        shop.write("Procfile", "web: python3 web.py\nconsole: echo console \"$GREETING\"\n");
        shop.commit("a console").deploy();
    }

    @Test
    void runsLeaveNothingOpenInTheServer() throws IOException {
        List<String> piped = platform.sshArgv("run", "shop", "true");
        List<String> onTerminal = overSsh("run", "shop", "true");
        assertThat(new SystemRunner().run(Command.of(piped).within(LONG)).exitCode())
                .isZero();
        assertThat(new SystemRunner().run(person("nothing=>", onTerminal)).exitCode())
                .isZero();
        long before = open();
        for (int i = 0; i < 20; i++) {
            assertThat(new SystemRunner().run(Command.of(piped).within(LONG)).exitCode())
                    .isZero();
            assertThat(new SystemRunner().run(person("nothing=>", onTerminal)).exitCode())
                    .isZero();
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(open()).isLessThan(before + 10));
    }

    /** Descriptors and threads of the server; its pools and its garbage collector may have a few more or less. */
    private static long open() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(platform.daemonPid()), "fd"));
                Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(platform.daemonPid()), "task"))) {
            return descriptors.count() + threads.count();
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static Command person(String keys, List<String> argv) {
        List<String> all = new ArrayList<>(List.of("python3", "-c", PERSON, keys));
        all.addAll(argv);
        return Command.of(all)
                .environment("TERM", "xterm")
                .environment("SLIPWAY_DATA", platform.data().toString())
                .within(LONG);
    }

    private static List<String> atTheMachine(String... words) {
        return Stream.concat(Stream.of(Platform.ROOT.resolve("bin/dokku").toString()), Stream.of(words))
                .toList();
    }

    private static List<String> overSsh(String... words) {
        List<String> argv = new ArrayList<>(platform.sshArgv(words));
        argv.add(1, "-t");
        return argv;
    }

    private static List<String> builds(String app) {
        try (Stream<Path> all = Files.list(platform.data().resolve("builds").resolve(app))) {
            return all.map(build -> build.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitNoRuns(String app) {
        await().atMost(LONG)
                .until(() ->
                        platform.ok("run:list", app, "--format", "json").strip().equals("[]"));
    }

    @Test
    void megabytesPassByteForByteThroughBothDoors() {
        byte[] bytes = new byte[5_000_000];
        new Random(7).nextBytes(bytes);
        for (Command command :
                List.of(platform.client("run", "shop", "cat"), Command.of(platform.sshArgv("run", "shop", "cat")))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = new SystemRunner()
                    .stream(
                            command.within(LONG),
                            new Runner.Streams(new ByteArrayInputStream(bytes), out, OutputStream.nullOutputStream()));
            assertThat(code).isZero();
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
        awaitNoRuns("shop");
    }

    @Test
    void exitCodeWordsAndStreamsAreTheProgramsOwn() {
        Result result = platform.run(platform.client(
                        "run",
                        "-e",
                        "GREETING=hello",
                        "shop",
                        "sh",
                        "-c",
                        "cat; echo \"$1 $GREETING\" >&2; id -u; exit 5",
                        "x",
                        "a $(b) 'c'")
                .reading("in"));
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).isEqualTo("a $(b) 'c' hello\n");
        assertThat(result.out()).startsWith("in").doesNotContain("in0");
        assertThat(platform.ssh("run", "-e", "GREETING=hi", "shop", "console"))
                .isEqualTo(new Result(0, "console hi\n", ""));
        assertThat(platform.dokku("run", "shop", "nosuch").exitCode()).isEqualTo(127);
        assertThat(platform.dokku("enter", "shop", "web", "sh", "-c", "echo $PORT; exit 3"))
                .isEqualTo(new Result(3, "5000\n", ""));
    }

    @Test
    void aTerminalIsARealOneThroughBothDoors() {
        String keys = "ready=>LARGER|lines=44=>wor\\x7frds\\r|<words>=>\\x03";
        List<Result> results = List.of(
                platform.run(person(keys, atTheMachine("run", "shop", "python3", "-c", WINDOW))),
                platform.run(person(keys, overSsh("run", "shop", "python3", "-c", "'" + WINDOW + "'"))),
                platform.run(person(keys, atTheMachine("enter", "shop", "web", "python3", "-c", WINDOW))));
        for (Result result : results) {
            assertThat(result.out())
                    .contains("columns=101, lines=33) xterm /dev/pts/", "columns=120, lines=44)", "<words>\r\n", "^C");
            assertThat(result.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void aShellHasJobControl() {
        Result result = platform.run(person(
                "$ =>sh -c 'echo in-$((40+2)); exec sleep 100'\\r|in-42=>\\x1a|Stopped=>kill -9 %1; wait; tty; exit 4\\r",
                atTheMachine("run", "shop")));
        assertThat(result.out()).contains("/dev/pts/0");
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void theKeyOfTheCommandLineIsRootsAlone() throws IOException {
        for (String file : List.of("key", "known_hosts", "ssh_config")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            platform.data().resolve("terminal").resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(platform.data().resolve("terminal"))))
                .isEqualTo("rwx------");
    }

    private static Process begun(Command command) throws IOException {
        Process process = platform.begin(command);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("up");
        return process;
    }

    @Test
    void aRunEndsWithItsCallerHoweverTheyGo() throws Exception {
        String[] words = {"run", "shop", "sh", "-c", "echo up; exec sleep 1000"};
        String[] quoted = {"run", "shop", "sh", "-c", "'echo up; exec sleep 1000'"};
        Process interrupted = begun(platform.client(words));
        interrupted.destroy();
        assertThat(interrupted.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Process vanished = begun(platform.client(words));
        vanished.descendants().forEach(ProcessHandle::destroyForcibly);
        vanished.destroyForcibly();
        Process far = begun(Command.of(platform.sshArgv(quoted)));
        far.destroyForcibly();
        awaitNoRuns("shop");
        Process stopped = begun(platform.client(words));
        assertThat(platform.ok("run:stop", "shop")).startsWith("shop.run.");
        assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(stopped.exitValue()).isEqualTo(143);
    }

    @Test
    void aDetachedRunOutlivesCallerDeployAndDaemonAndDisturbsNothing() {
        String name = platform.ok("run:detached", "shop", "sh", "-c", "echo begun; exec sleep 1000")
                .strip();
        String number = name.substring("shop.".length());
        String ended = platform.ok("run:detached", "shop", "echo", "short").strip();
        await().atMost(LONG).until(() -> !platform.ok("run:list", "shop").contains(ended));
        shop.commit("again").deploy();
        platform.ok("ps:restart", "shop");
        assertThat(platform.ok("ps:report", "shop", "--running")).isEqualTo("true\n");
        platform.kill();
        platform.startAgain();
        assertThat(platform.ok("run:list", "shop")).contains(name);
        assertThat(platform.ok("logs", "shop", "-n", "1000")).contains("app[" + number + "]: begun");
        assertThat(platform.ok("run:logs", "--container", ended)).endsWith(": short\n");
        assertThat(platform.ok("run:stop", "--container", name)).isEqualTo(name + "\n");
        awaitNoRuns("shop");
    }

    @Test
    void aRunMayNotTakeLongerThanItIsGiven() {
        Result result = platform.dokku("run", "--ttl-seconds", "1", "shop", "sleep", "1000");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("was ended: it ran for 1 seconds");
        platform.ok("run:detached", "--ttl-seconds", "1", "shop", "sleep", "1000");
        awaitNoRuns("shop");
    }

    @Test
    void scriptsAndVariablesBelongToADeploy() {
        Checkout app = platform.checkout("script", "echo");
        app.write("Procfile", "web: python3 web.py\nrelease: echo released $NAME\n");
        app.write("app.json", """
                {"scripts": {"postdeploy": "echo first time",
                             "dokku": {"predeploy": "echo before $NAME; touch /app/made", "postdeploy": "echo after; ls /app/made; echo own >> web.py && tail -1 web.py"}},
                 "env": {"NAME": "me", "TOKEN": {"generator": "secret"},
                         "NEEDED": {"description": "what we need"}}}
                """);
        Result refused = app.commit("declared").push();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err())
                .contains("app.json:4: required env var NEEDED has no value (what we need):"
                        + " dokku config:set script NEEDED=…")
                .doesNotContain("Executing");
        platform.ok("config:set", "script", "NEEDED=1");
        app.replace("app.json", "what we need", "needed");
        String pushed = app.commit("mended").deploy();
        assertThat(pushed)
                .containsSubsequence(
                        "Processing app.json env vars",
                        "Setting 2 env var(s) from app.json: NAME, TOKEN",
                        "Executing predeploy task from app.json",
                        "       before me",
                        "Executing release task from Procfile",
                        "       released me",
                        "Executing heroku.postdeploy task from app.json",
                        "       first time",
                        "Executing postdeploy task from app.json",
                        "       after",
                        "       /app/made",
                        "       own",
                        "Application deployed:");
        assertThat(platform.ok("config:get", "script", "TOKEN").strip()).matches("[0-9a-f]{64}");
        String revision = platform.ok("config:get", "script", "GIT_REV");

        platform.ok("config:unset", "--no-restart", "script", "NAME");
        app.replace("app.json", "echo before $NAME", "echo oh no; exit 3");
        Result failed = app.commit("broken").push();
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.err()).contains("oh no", "Execution of predeploy task failed with code 3", "mend it");
        assertThat(platform.ok("config:get", "script", "GIT_REV")).isEqualTo(revision);

        List<String> builds = builds("script");
        app.replace("app.json", "echo oh no; exit 3", "touch /app/made")
                .replace("Procfile", "echo released", "exit 5;");
        assertThat(app.commit("broken release").push().err())
                .contains("Execution of release task failed with code 5")
                .doesNotContain("Deploying web");
        assertThat(builds("script"))
                .containsAll(builds)
                .filteredOn(name -> !builds.contains(name))
                .allSatisfy(name -> assertThat(name).doesNotContain("."));
        app.replace("Procfile", "exit 5;", "echo released");

        app.replace("app.json", "echo after", "exit 4");
        Result late = app.commit("broken after").push();
        assertThat(late.exitCode()).isNotZero();
        assertThat(late.err())
                .contains("Execution of postdeploy task failed with code 4", "the release serves all the same")
                .doesNotContain("first time");
        assertThat(platform.ok("config:get", "script", "GIT_REV")).isNotEqualTo(revision);
        assertThat(platform.dokku("config:get", "script", "NAME").exitCode()).isEqualTo(1);
    }

    @Test
    void cronTasksRunWhenTheyAreDueUntilTheirAppIsGone() {
        Checkout app = platform.checkout("clock", "echo");
        app.write("app.json", """
                {"cron": [{"command": "echo tick $GREETING && echo tock", "schedule": "@every 1s"},
                          {"command": "sleep 1000", "schedule": "@every 1s", "concurrency_policy": "forbid"}]}
                """);
        app.commit("ticking").deploy();
        platform.ok("config:set", "--no-restart", "clock", "GREETING=tack");
        await().atMost(LONG)
                .until(() -> platform.ok("logs", "clock", "-n", "1000").contains("]: tick tack\n"));
        assertThat(platform.ok("logs", "clock", "-n", "1000")).containsPattern("app\\[cron\\.[0-9]+]: tock\n");
        assertThat(platform.ok("run:list", "clock").split("sleep 1000", -1)).hasSize(2);
        String id = platform.ok("cron:list", "clock").lines().toList().get(1).split(" ")[0];
        assertThat(platform.dokku("cron:run", "clock", id)).isEqualTo(new Result(0, "tick tack\ntock\n", ""));
        app.write("app.json", "{\"cron\": [\n{\"command\": \"true\",\n\"schedule\": \"0 0 30 2 *\"}]}");
        Result refused = app.commit("never").push();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("app.json:3: the schedule '0 0 30 2 *' never comes");
        platform.ok("--force", "apps:destroy", "clock");
        assertThat(platform.ok("run:list", "--format", "json")).doesNotContain("clock");
    }
}
