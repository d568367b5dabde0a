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

/** What commands bring about, by both doors, and what no door lets in; what they answer is held by transcripts. */
final class CommandsTest {

    private static final String BAD_NAME = " !     App name must begin with lowercase alphanumeric character,"
            + " and may only contain lowercase alphanumerics, dots, and hyphens\n";

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
                .isEqualTo("=====> Setting client-max-body-size to 7m\n");
        assertThat(door.ok("nginx:show-config shop")).contains("client_max_body_size 7m;");
        assertThat(door.ok("nginx:set shop client-max-body-size")).isEqualTo("=====> Unsetting client-max-body-size\n");
        assertThat(door.ok("nginx:set --global client-max-body-size 9m"))
                .isEqualTo("=====> Setting client-max-body-size to 9m\n");
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
