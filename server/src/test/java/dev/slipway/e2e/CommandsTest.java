package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands by both doors, held to what Dokku answers; ids, times and paths are ours. */
final class CommandsTest {

    private static final String BAD_NAME = " !     App name must begin with lowercase alphanumeric character,"
            + " and may only contain lowercase alphanumerics, dots, and hyphens\n";
    private static final String NO_APP = " !     Please specify an app to run the command on\n";

    private static Platform platform;
    private static Checkout shop;

    /** The ways in. */
    enum Door {
        SSH {
            @Override
            Result run(String... words) {
                return platform.ssh(words);
            }
        },
        LOCAL {
            @Override
            Result run(String... words) {
                return platform.dokku(words);
            }
        };

        abstract Result run(String... words);

        Result line(String line) {
            return run(line.split(" "));
        }

        String ok(String line) {
            Result result = line(line);
            assertThat(result.exitCode())
                    .as(line + "\n" + result.out() + result.err())
                    .isZero();
            return result.out();
        }

        String own(String name) {
            return name + "-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @BeforeAll
    static void start() {
        platform = Platform.start();
        shop = platform.checkout("shop", "echo");
        shop.deploy();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @EnumSource
    void appsAreCreatedListedAndDestroyed(Door door) {
        String app = door.own("fresh");
        assertThat(door.line("apps:create " + app)).isEqualTo(new Result(0, "-----> Creating " + app + "...\n", ""));
        assertThat(door.line("apps:create " + app)).isEqualTo(new Result(1, "", " !     Name is already taken\n"));
        assertThat(door.ok("apps:list")).isEqualTo("=====> My Apps\n" + app + "\nshop\n");
        assertThat(door.line("apps:exists " + app)).isEqualTo(new Result(0, "", ""));
        assertThat(door.ok("ps:scale " + app))
                .isEqualTo("-----> Scaling for " + app + "\nproctype: qty\n--------: ---\n");
        assertThat(door.ok("apps:destroy " + app + " --force"))
                .isEqualTo("-----> Destroying " + app + " (including all add-ons)\n");
        assertThat(door.line("apps:exists " + app))
                .isEqualTo(new Result(20, "", " !     App " + app + " does not exist\n"));
        assertThat(Files.exists(platform.data().resolve("apps").resolve(app))).isFalse();
    }

    @Test
    void nothingIsLeftOfAnAppThatIsDestroyed() throws IOException {
        Checkout app = platform.checkout("passing", "echo");
        app.deploy();
        Files.writeString(platform.data().resolve("apps/passing/nginx.conf.d/extra.conf"), "# an administrator's\n");
        platform.ok("apps:destroy", "passing", "--force");
        try (Stream<Path> all = Files.walk(platform.data())) {
            assertThat(all.map(path -> String.valueOf(path.getFileName()))).noneMatch(name -> name.contains("passing"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void badNamesAndUnknownAppsAndCommandsAreRefused(Door door) {
        for (String name : new String[] {"Bad_Name", "-- -x", "a/b", "UPPER", "under_score"}) {
            assertThat(door.line("apps:create " + name)).isEqualTo(new Result(1, "", BAD_NAME));
        }
        assertThat(door.line("apps:create")).isEqualTo(new Result(1, "", NO_APP));
        assertThat(door.line("ps:scale")).isEqualTo(new Result(1, "", NO_APP));
        assertThat(door.line("apps:create a b").exitCode()).isEqualTo(1);
        for (String line : new String[] {
            "ps:scale nosuch ws=1",
            "nginx:show-config nosuch",
            "config:set nosuch A=b",
            "ps:report nosuch",
            "apps:destroy nosuch --force",
            "domains:report nosuch",
            "logs nosuch"
        }) {
            assertThat(door.line(line)).isEqualTo(new Result(20, "", " !     App nosuch does not exist\n"));
        }
        for (String line : new String[] {"nosuchcmd", "ps:nope"}) {
            assertThat(door.line(line))
                    .isEqualTo(new Result(
                            1,
                            "",
                            " !     `" + line + "` is not a dokku command.\n"
                                    + " !     See `dokku help` for a list of available commands.\n"));
        }
        assertThat(door.ok("apps:list")).isEqualTo("=====> My Apps\nshop\n");
    }

    @ParameterizedTest
    @EnumSource
    void theScaleIsReadSetAndRefused(Door door) {
        assertThat(door.ok("ps:scale shop")).isEqualTo("""
                -----> Scaling for shop
                proctype: qty
                --------: ---
                web:  1
                ws:   0
                """);
        assertThat(door.ok("ps:scale shop --format json"))
                .isEqualTo("[{\"process_type\":\"web\",\"quantity\":1},{\"process_type\":\"ws\",\"quantity\":0}]\n");
        assertThat(door.ok("ps:scale shop ws=1"))
                .startsWith("-----> Scaling shop processes: ws=1\n-----> Deploying ws (count=1)\n")
                .contains("       All checks successful (ws.1)\n");
        assertThat(door.ok("ps:scale shop")).endsWith("web:  1\nws:   1\n");
        refusedScale(door, "ws=abc", "Invalid count for process type ws");
        refusedScale(door, "ws=-1", "Invalid count for process type ws");
        refusedScale(door, "ws=1.5", "Invalid count for process type ws");
        refusedScale(door, "ws", "Missing count for process type ws");
        refusedScale(door, "=1", " is not a valid process name to scale up");
        refusedScale(door, "nope=1", "nope is not a valid process name to scale up");
        assertThat(door.ok("--app shop ps:scale")).endsWith("web:  1\nws:   1\n");
        assertThat(door.ok("ps:scale shop ws=0")).contains("-----> Deploying ws (count=0)\n");
        assertThat(door.ok("--quiet ps:scale shop")).isEqualTo("web:  1\nws:   0\n");
    }

    private static void refusedScale(Door door, String words, String message) {
        assertThat(door.line("ps:scale shop " + words))
                .isEqualTo(new Result(1, "-----> Scaling shop processes: " + words + "\n", " !     " + message + "\n"));
    }

    @ParameterizedTest
    @EnumSource
    void processesAreReportedRestartedStoppedAndStarted(Door door) throws Exception {
        String report = door.ok("ps:report shop");
        assertThat(report.lines().toList())
                .startsWith(
                        "=====> shop ps information",
                        "       Deployed:                         true",
                        "       Processes:                        1",
                        "       Ps can scale:                     true")
                .contains(
                        "       Ps computed restart policy:       on-failure:10",
                        "       Ps computed stop timeout seconds: 30",
                        "       Restore:                          true",
                        "       Running:                          true")
                .anyMatch(line -> line.matches(" {7}Status web 1: {21}running \\(CID: [0-9a-f]{12}\\)"))
                .anyMatch(line -> line.startsWith("       Draining:"));
        String status = door.ok("ps:report shop --status-web-1");
        assertThat(door.ok("ps:report shop --format json"))
                .contains("\"running\":\"true\"", "\"status-web-1\":\"" + status.strip() + "\"");
        assertThat(door.ok("ps:report")).startsWith("=====> shop ps information\n");
        assertThat(door.line("ps:report shop --nope").err()).startsWith(" !     Invalid flag passed, valid flags: --");

        assertThat(door.ok("ps:restart shop")).contains("       All checks successful (web.1)\n");
        assertThat(door.ok("ps:report shop --status-web-1")).isNotEqualTo(status);

        Web web = new Web(platform, "shop.test");
        assertThat(door.ok("ps:stop shop")).isEqualTo("-----> Stopping shop\n");
        assertThat(web.get("/").statusCode()).isEqualTo(502);
        assertThat(door.ok("ps:report shop --running")).isEqualTo("false\n");
        assertThat(door.ok("ps:start shop")).startsWith("-----> Starting shop\n-----> Deploying web (count=1)\n");
        assertThat(web.get("/").statusCode()).isEqualTo(200);
        assertThat(door.ok("ps:report shop --running")).isEqualTo("true\n");
    }

    @ParameterizedTest
    @EnumSource
    void configIsSetShownAndUnset(Door door) {
        assertThat(door.ok("config:set --no-restart shop KEY=x LONGER_KEY=y=z"))
                .isEqualTo("-----> Setting config vars\n       KEY:         x\n       LONGER_KEY:  y=z\n");
        String revision = shop.git("rev-parse", "HEAD").strip();
        assertThat(door.ok("config:show shop"))
                .isEqualTo("=====> shop env vars\nGIT_REV:     " + revision + "\nKEY:         x\nLONGER_KEY:  y=z\n");
        assertThat(door.ok("config:get shop KEY")).isEqualTo("x\n");
        assertThat(door.line("config:set shop 9KEY=x").err()).startsWith(" !     Invalid key name: '9KEY'");
        assertThat(door.ok("config:unset shop KEY LONGER_KEY"))
                .startsWith("-----> Unsetting KEY\n-----> Unsetting LONGER_KEY\n-----> Restarting app shop\n");
        assertThat(door.ok("config shop")).isEqualTo("=====> shop env vars\nGIT_REV:  " + revision + "\n");
        assertThat(door.line("config:unset shop KEY").exitCode()).isEqualTo(1);
        assertThat(door.line("config:get shop KEY").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void domainsLeadToTheAppAtOnce(Door door) throws Exception {
        String domain = door.own("www") + ".example.com";
        assertThat(door.ok("domains:add shop " + domain)).isEqualTo("-----> Added " + domain + " to shop\n");
        assertThat(new Web(platform, domain).get("/").statusCode()).isEqualTo(200);
        assertThat(door.ok("domains:report shop"))
                .isEqualTo("=====> shop domains information\n"
                        + "       Domains app enabled:           true\n"
                        + "       Domains app vhosts:            shop.test " + domain + "\n"
                        + "       Domains global enabled:        true\n"
                        + "       Domains global vhosts:         test\n");
        assertThat(door.ok("domains:report")).isEqualTo(door.ok("domains:report shop"));
        assertThat(door.ok("domains:report --global")).startsWith("=====> Global domains information\n");
        assertThat(door.ok("domains:set shop " + domain)).isEqualTo("-----> Set " + domain + " for shop\n");
        assertThat(door.ok("domains:set shop shop.test")).isEqualTo("-----> Set shop.test for shop\n");
        assertThat(door.line("domains:remove shop " + domain).err())
                .isEqualTo(" !     " + domain + " is not a domain of shop\n");
        assertThat(door.ok("domains:add-global " + domain)).isEqualTo("-----> Added " + domain + "\n");
        assertThat(door.ok("domains:remove-global " + domain)).isEqualTo("-----> Removed " + domain + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void nginxIsShownTestedAndLogged(Door door) throws Exception {
        assertThat(door.ok("nginx:show-config shop"))
                .contains("server_name shop.test;", "upstream shop-5000 {", "http://shop-5000;");
        assertThat(door.line("nginx:validate-config shop")).isEqualTo(new Result(0, "", ""));
        assertThat(door.line("nginx:validate-config")).isEqualTo(new Result(0, "", ""));
        assertThat(door.ok("nginx:template")).contains("{{ $.APP }}");
        assertThat(door.ok("proxy:build-config shop"))
                .isEqualTo("-----> Configuring shop...(using built-in template)\n       Nothing changed\n");
        String path = "/" + door.own("seen");
        assertThat(new Web(platform, "shop.test").get(path).statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(door.ok("nginx:access-logs shop")).contains("GET " + path));
        assertThat(door.line("nginx:error-logs shop").exitCode()).isZero();
        assertThat(door.ok("nginx:set shop client-max-body-size 7m"))
                .isEqualTo("-----> Setting client-max-body-size to 7m\n");
        assertThat(door.ok("nginx:show-config shop")).contains("client_max_body_size 7m;");
        assertThat(door.ok("nginx:set shop client-max-body-size")).isEqualTo("-----> Unsetting client-max-body-size\n");
        assertThat(door.ok("nginx:set --global client-max-body-size 9m"))
                .isEqualTo("-----> Setting client-max-body-size to 9m\n");
        assertThat(door.ok("nginx:show-config shop")).contains("client_max_body_size 9m;");
        door.ok("nginx:set --global client-max-body-size");
        assertThat(door.ok("nginx:report shop --nginx-computed-client-max-body-size"))
                .isEqualTo("1m\n");
    }

    @Test
    void aCertificateComesAsFilesOrAsATar() throws Exception {
        Path here = Files.createDirectory(platform.work().resolve("certificate"));
        Result made = platform.run(Command.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt")
                .with("ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=shop.test")
                .with("-addext", "subjectAltName=DNS:shop.test")
                .with("-keyout", "server.key", "-out", "server.crt")
                .in(here));
        assertThat(made.exitCode()).as(made.err()).isZero();

        Result added = platform.run(
                platform.client("certs:add", "shop", "server.crt", "server.key").in(here));
        assertThat(added).isEqualTo(new Result(0, "-----> Setting the certificate of shop\n", added.err()));
        assertThat(platform.ok("certs:report", "shop"))
                .startsWith("""
                =====> shop ssl information
                       Ssl dir:                       %s
                       Ssl enabled:                   true
                """.formatted(platform.data().resolve("apps/shop/tls")));
        assertThat(platform.ok("certs:remove", "shop")).isEqualTo("-----> Removed the certificate of shop\n");
        assertThat(platform.dokku("certs:remove", "shop").exitCode()).isEqualTo(1);

        Result piped = platform.run(Command.of("sh", "-c", "tar -cf - server.crt server.key | \"$@\"", "sh")
                .with(platform.sshArgv("certs:add", "shop").toArray(String[]::new))
                .in(here)
                .within(Duration.ofMinutes(1)));
        assertThat(piped.exitCode()).as(piped.err()).isZero();
        assertThat(platform.ok("certs:report", "shop", "--ssl-hostnames")).isEqualTo("shop.test\n");
        assertThat(platform.ssh("certs:add", "shop", "/etc/ssl/x.crt", "/etc/shadow")
                        .err())
                .startsWith(" !     Files are read for the machine's administrator only");
        platform.ok("certs:generate", "shop", "shop.test");
        assertThat(platform.ok("certs:report", "shop", "--ssl-verified")).isEqualTo("self signed.\n");
        platform.ok("certs:remove", "shop");
    }

    @ParameterizedTest
    @EnumSource
    void logsAreShownByNumberByProcessAndAsTheyCome(Door door) throws Exception {
        String line = "[0-9-]{10}T[0-9:]{8}\\.[0-9]{9}Z app\\[web\\.1\\]: web listens on 5000\n";
        assertThat(door.ok("logs shop -n 1")).matches(line);
        assertThat(door.ok("logs shop --num 1 --ps web")).matches(line);
        assertThat(door.ok("logs shop -p web.1 -q")).contains("web listens on 5000\n");
        assertThat(door.ok("logs shop -p ws.9")).isEmpty();
        assertThat(door.line("logs shop -n many").err()).startsWith(" !     Invalid number of lines many");
        assertThat(door.line("logs shop -p web.x").exitCode()).isEqualTo(1);

        List<String> follow = door == Door.SSH
                ? platform.sshArgv("logs", "shop", "-t", "-n", "1")
                : platform.client("logs", "shop", "-t", "-n", "1").argv();
        Process tail = platform.begin(
                Command.of(follow).environment("SLIPWAY_DATA", platform.data().toString()));
        try (BufferedReader lines = tail.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("web listens on 5000");
            platform.ok("ps:restart", "shop");
            assertThat(lines.readLine()).contains("web listens on 5000");
        } finally {
            tail.destroy();
            tail.waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAreAddedListedAndRemoved(Door door) throws IOException {
        String name = door.own("key");
        Path file = platform.work().resolve(name);
        platform.run(Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
        String key = Files.readString(Path.of(file + ".pub"));
        Command add = door == Door.SSH
                ? Command.of(platform.sshArgv("ssh-keys:add", name))
                : platform.client("ssh-keys:add", name);
        Result added = platform.run(add.reading(key));
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(platform.run(add.reading(key)).err()).isEqualTo(" !     Duplicate SSH Key name: " + name + "\n");
        assertThat(door.ok("ssh-keys:list " + name))
                .isEqualTo(added.out().strip() + " NAME=\"" + name + "\" SSHCOMMAND_ALLOWED_KEYS=\""
                        + "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding\"\n");
        door.ok("ssh-keys:remove " + name);
        assertThat(door.line("ssh-keys:remove " + name).exitCode()).isEqualTo(1);
        assertThat(platform.run(add.reading("no key")).exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void gitIsSetAndReported(Door door) {
        String revision = shop.git("rev-parse", "HEAD").strip();
        assertThat(door.ok("git:report shop"))
                .matches("=====> shop git information\n"
                        + " {7}Git computed archive max files: 10000\n"
                        + " {7}Git computed archive max size: {2}1073741824\n"
                        + " {7}Git computed deploy branch: {5}master\n"
                        + " {7}Git computed keep git dir: {6}false\n"
                        + " {7}Git deploy branch:\n"
                        + " {7}Git global archive max files:\n"
                        + " {7}Git global archive max size:\n"
                        + " {7}Git global deploy branch:\n"
                        + " {7}Git global keep git dir:\n"
                        + " {7}Git keep git dir:\n"
                        + " {7}Git last updated at: {12}[0-9]{10}\n"
                        + " {7}Git rev env var: {16}GIT_REV\n"
                        + " {7}Git sha: {24}" + revision + "\n"
                        + " {7}Git source image:\n");
        assertThat(door.ok("git:set shop deploy-branch main")).isEqualTo("-----> Setting deploy-branch to main\n");
        assertThat(door.ok("git:report shop --git-computed-deploy-branch")).isEqualTo("main\n");
        assertThat(door.ok("git:set shop deploy-branch")).isEqualTo("-----> Unsetting deploy-branch\n");
        assertThat(door.line("git:set shop nope 1").err())
                .isEqualTo(" !     Invalid property specified, valid properties include: deploy-branch, keep-git-dir,"
                        + " rev-env-var, archive-max-files, archive-max-size\n");
        assertThat(door.line("git:set shop deploy-branch ..").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void helpAndVersionArePrinted(Door door) {
        assertThat(door.ok("version")).startsWith("slipway version ");
        assertThat(door.ok("help")).contains("    apps                     Manage apps\n");
        assertThat(door.ok("ps:help")).isEqualTo(door.ok("help ps")).contains("    ps:restart ");
        assertThat(door.run().out()).contains("    apps                     Manage apps\n");
    }

    @ParameterizedTest
    @EnumSource
    void wordsThatCannotBeAreRefusedAndChangeNothing(Door door) {
        String report = platform.processes("shop");
        List<List<String>> refused = List.of(
                List.of("apps:create", "a\u0001b"),
                List.of("ps:scale", "shop", "ws=\u001b[31m1"),
                List.of("ps:scale", "shop", "--nope", "ws=1"),
                List.of("ps:restart", "shop", "web", "more"),
                List.of("domains:add", "shop", "a\u007fb.test"),
                List.of("config:set", "shop", "A\u0007B=1"));
        for (List<String> words : refused) {
            Result result = door == Door.SSH
                    ? platform.ssh(words.stream().map(word -> "'" + word + "'").toArray(String[]::new))
                    : platform.dokku(words.toArray(String[]::new));
            assertThat(result.exitCode()).as(words.toString()).isEqualTo(1);
            assertThat(result.err()).startsWith(" !     ").doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
        }
        assertThat(platform.processes("shop")).isEqualTo(report);
        assertThat(door.ok("apps:list")).isEqualTo("=====> My Apps\nshop\n");
    }

    /** Linux takes 128 kB in one word, and ssh a quarter of a megabyte in one command. */
    @Test
    void aMegabyteOfWordsIsRefusedInFewWords() {
        List<String> words = new ArrayList<>(List.of("apps:create"));
        for (int i = 0; i < 10; i++) {
            words.add("x".repeat(100_000));
        }
        Result local = platform.dokku(words.toArray(String[]::new));
        assertThat(local.exitCode()).isEqualTo(1);
        assertThat(local.err()).startsWith(" !     Too many words").hasSizeLessThan(300);
        assertThat(platform.ssh(words.toArray(String[]::new)).exitCode()).isNotZero();
        assertThat(platform.ssh("apps:create", "x".repeat(100_000))).isEqualTo(new Result(1, "", BAD_NAME));
        assertThat(platform.ok("apps:list")).isEqualTo("=====> My Apps\nshop\n");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        Result local = platform.run(Command.of("bash", "-c", "\"$0\" apps:create $'a\\xffb'")
                .with(Platform.ROOT.resolve("bin/dokku").toString())
                .environment("SLIPWAY_DATA", platform.data().toString()));
        assertThat(local).isEqualTo(new Result(1, "", " !     The command is not valid UTF-8 text\n"));
        Result remote = platform.run(Command.of("bash", "-c", "\"$@\" $'apps:create a\\xffb'", "bash")
                .with(platform.sshArgv().toArray(String[]::new)));
        assertThat(remote).isEqualTo(new Result(1, "", " !     The command is not valid UTF-8 text\n"));
    }
}
