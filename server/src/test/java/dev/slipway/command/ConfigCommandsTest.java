package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
    }

    @Test
    void variablesAreSetShownAndUnset() {
        assertThat(desk.ok("config:set", "--no-restart", "shop", "KEY=a value", "LONGER_KEY=x=y"))
                .isEqualTo("""
                -----> Setting config vars
                       KEY:         a value
                       LONGER_KEY:  x=y
                """);
        String shown = "=====> shop env vars\nKEY:         a value\nLONGER_KEY:  x=y\n";
        assertThat(desk.ok("config:show", "shop")).isEqualTo(shown);
        assertThat(desk.ok("config", "shop")).isEqualTo(shown);
        assertThat(desk.ok("config:show", "shop", "--format", "json"))
                .isEqualTo("{\"KEY\":\"a value\",\"LONGER_KEY\":\"x=y\"}\n");
        assertThat(desk.ok("config:keys", "shop")).isEqualTo("KEY\nLONGER_KEY\n");
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("a value\n");
        assertThat(desk.ok("config:get", "--quoted", "shop", "KEY")).isEqualTo("'a value'\n");

        assertThat(desk.ok("config:unset", "--no-restart", "shop", "KEY")).isEqualTo("-----> Unsetting KEY\n");
        assertThat(desk.run("config:get", "shop", "KEY")).isEqualTo(new Result(1, "", ""));
    }

    @Test
    void aChangeReplacesTheProcesses() {
        assertThat(desk.ok("config:set", "shop", "KEY=1"))
                .startsWith("-----> Setting config vars\n       KEY:  1\n-----> Restarting app shop\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p02)\n");
        assertThat(desk.ok("config:unset", "shop", "KEY"))
                .startsWith("-----> Unsetting KEY\n-----> Restarting app shop\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p03)\n");
    }

    /** Scripts for earlier versions of Dokku set them, and would wonder. */
    @Test
    void aVariableThatWasASettingInDokkuIsSetAndItsSuccessorNamed() {
        Result result = desk.run(
                "config:set", "--no-restart", "shop", "DOKKU_CHECKS_DISABLED=web", "KEY=1", "DOKKU_PROXY_PORT_MAP=x");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("""
                 !     DOKKU_CHECKS_DISABLED changes nothing but the config: use checks:disable APP [TYPE,...]
                 !     DOKKU_PROXY_PORT_MAP changes nothing but the config: use ports:set APP SCHEME:PORT:PORT...
                """);
        assertThat(desk.ok("config:get", "shop", "DOKKU_CHECKS_DISABLED")).isEqualTo("web\n");
        assertThat(desk.run("config:set", "--global", "DOKKU_DISABLE_APP_AUTOCREATION=true")
                        .err())
                .endsWith("use apps:set --global disable-autocreation true|false\n");
    }

    @Test
    void encodedValuesMayHoldAnything() {
        desk.ok("config:set", "--encoded", "--no-restart", "shop", "KEY=bGluZSAxCmxpbmUgMgo=");
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("line 1\nline 2\n\n");
        assertThat(desk.run("config:set", "--encoded", "--no-restart", "shop", "KEY=!")
                        .err())
                .isEqualTo(
                        " !     The value of KEY is not base64, as --encoded says it is: write KEY=\"$(base64 -w 0 FILE)\"\n");
        assertThat(desk.run("config:set", "--encoded", "--no-restart", "shop", "KEY=/w==")
                        .err())
                .isEqualTo(" !     The value of KEY is not UTF-8 text\n");
    }

    @Test
    void aPairThatCannotBeChangesNothing() {
        List<List<String>> refused = List.of(
                List.of("KEY"),
                List.of("9KEY=x"),
                List.of("A-B=x"),
                List.of("=x"),
                List.of("GOOD=1", "BAD KEY=1"),
                List.of("BIG=" + "x".repeat(200_000)),
                List.of("k".repeat(200_000) + "=x"),
                List.of());
        for (List<String> pairs : refused) {
            List<String> words = new ArrayList<>(List.of("config:set", "shop"));
            words.addAll(pairs);
            Result result = desk.run(words.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith(" !     ").hasSizeLessThan(400);
        }
        assertThat(desk.ok("config:show", "shop")).isEqualTo("=====> shop env vars\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p01)\n");
    }

    @Test
    void allVariablesTogetherHaveALimit() {
        for (int i = 0; i < 10; i++) {
            desk.ok("config:set", "--no-restart", "shop", "K" + i + "=" + "x".repeat(100_000));
        }
        assertThat(desk.run("config:set", "--no-restart", "shop", "K10=" + "x".repeat(100_000))
                        .err())
                .isEqualTo(" !     All variables together are longer than 1048576 bytes\n");
    }

    @Test
    void nothingIsUnsetUnlessAllIsThere() {
        desk.ok("config:set", "--no-restart", "shop", "KEY=1");
        assertThat(desk.run("config:unset", "shop", "KEY", "OTHER"))
                .isEqualTo(new Result(1, "", " !     No variable OTHER is set for shop\n"));
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("1\n");
    }

    @Test
    void whatIsMissingIsSaidInDokkusWords() {
        assertThat(desk.run("config:set", "shop"))
                .isEqualTo(new Result(1, "", " !     At least one env pair must be given\n"));
        assertThat(desk.run("--app", "shop", "config:set"))
                .isEqualTo(new Result(1, "", " !     At least one env pair must be given\n"));
        assertThat(desk.run("config:unset", "shop"))
                .isEqualTo(new Result(1, "", " !     At least one key must be given\n"));
        for (String command : List.of("bundle", "clear", "export", "keys", "show", "import")) {
            assertThat(desk.run("config:" + command).err()).startsWith(" !     Please specify an app");
            assertThat(desk.run("config:" + command, "nosuch").exitCode()).isEqualTo(20);
            assertThat(desk.run("config:" + command, "shop", "--nope").err()).startsWith(" !     Unknown flag --nope");
        }
        assertThat(desk.run("config:keys", "shop", "more").exitCode()).isEqualTo(1);
        assertThat(desk.run("config:clear", "--global", "shop").exitCode()).isEqualTo(1);
    }

    @Test
    void everythingIsExportedInEachFormat() {
        desk.ok("config:set", "--no-restart", "shop", "zKey=true", "BKEY=it's $5");
        assertThat(desk.ok("config:export", "shop")).isEqualTo("export BKEY='it'\\''s $5'\nexport zKey='true'\n");
        assertThat(exported("exports")).isEqualTo(desk.ok("config:export", "shop"));
        assertThat(exported("envfile")).isEqualTo("BKEY=\"it's \\$5\"\nzKey=\"true\"\n");
        assertThat(exported("docker-args")).isEqualTo("--env=BKEY='it'\\''s $5' --env=zKey='true'\n");
        assertThat(exported("docker-args-keys")).isEqualTo("--env=BKEY --env=zKey\n");
        assertThat(exported("pack-keys")).isEqualTo("--env BKEY --env zKey\n");
        assertThat(exported("shell")).isEqualTo("BKEY='it'\\''s $5' zKey='true' ");
        assertThat(exported("pretty")).isEqualTo("BKEY:  it's $5\nzKey:  true\n");
        assertThat(exported("json")).isEqualTo("{\"BKEY\":\"it's $5\",\"zKey\":\"true\"}\n");
        assertThat(exported("json-list"))
                .isEqualTo("[{\"name\":\"BKEY\",\"value\":\"it's $5\"},{\"name\":\"zKey\",\"value\":\"true\"}]\n");
        assertThat(desk.run("config:export", "shop", "--format", "xml"))
                .isEqualTo(new Result(
                        1,
                        "",
                        " !     Unknown export format: xml: exports, envfile, docker-args, docker-args-keys,"
                                + " pack-keys, shell, pretty, json, json-list\n"));
    }

    private String exported(String format) {
        return desk.ok("config:export", "--format", format, "shop");
    }

    @Test
    void aBundleIsATarWithAFileForEachVariable() throws IOException {
        String longKey = "L".repeat(120);
        desk.ok("config:set", "--no-restart", "shop", "KEY=a\nb", longKey + "=ü", "EMPTY=");
        Path tar = directory.resolve("bundle.tar");
        Path files = Files.createDirectory(directory.resolve("bundle"));
        Files.writeString(tar, desk.ok("config:bundle", "shop"));
        new SystemRunner().out(Command.of("tar", "-xf", tar.toString(), "-C", files.toString()));
        assertThat(files.resolve("KEY")).hasContent("a\nb");
        assertThat(files.resolve("EMPTY")).isEmptyFile();
        assertThat(files.resolve(longKey)).hasContent("ü");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("KEY"))))
                .isEqualTo("rw-------");
    }

    @Test
    void allVariablesAreClearedWithOneRestart() {
        desk.ok("config:set", "--no-restart", "shop", "A=1", "B=2");
        assertThat(desk.ok("config:clear", "shop"))
                .startsWith("-----> Unsetting A\n-----> Unsetting B\n-----> Restarting app shop\n");
        assertThat(desk.ok("config:keys", "shop")).doesNotContain("A").doesNotContain("B");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p02)\n");
        assertThat(desk.ok("config:clear", "--global")).isEmpty();
        desk.ok("config:set", "--no-restart", "shop", "A=1");
        assertThat(desk.ok("config:clear", "shop", "--no-restart")).isEqualTo("-----> Unsetting A\n");
    }

    @Test
    void whatAllAppsShareLiesBelowTheirOwnAndRestartsNothing() {
        assertThat(desk.ok("config:set", "--global", "KEY=all", "SHARED=yes"))
                .isEqualTo("-----> Setting config vars\n       KEY:     all\n       SHARED:  yes\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p01)\n");
        desk.ok("config:set", "shop", "KEY=own");

        assertThat(desk.scheduler().environment("p02"))
                .containsEntry("KEY", "own")
                .containsEntry("SHARED", "yes");
        assertThat(desk.ok("config:show", "--global"))
                .isEqualTo("=====> global env vars\nKEY:     all\nSHARED:  yes\n");
        assertThat(desk.ok("config:show", "shop")).isEqualTo("=====> shop env vars\nKEY:  own\n");
        assertThat(desk.ok("config:show", "--merged", "shop"))
                .isEqualTo("=====> shop env vars\nKEY:     own\nSHARED:  yes\n");
        assertThat(desk.ok("config:keys", "--merged", "shop")).isEqualTo("KEY\nSHARED\n");
        assertThat(desk.ok("config:export", "--merged", "--format", "shell", "shop"))
                .isEqualTo("KEY='own' SHARED='yes' ");
        assertThat(desk.ok("config:get", "--global", "KEY")).isEqualTo("all\n");
        assertThat(desk.run("config:get", "shop", "SHARED").exitCode()).isEqualTo(1);
        assertThat(desk.ok("config:unset", "--global", "KEY")).isEqualTo("-----> Unsetting KEY\n");
        assertThat(desk.run("config:unset", "--global", "KEY").err())
                .isEqualTo(" !     No variable KEY is set for global\n");
        assertThat(desk.run("config:set", "--global", "9=x").exitCode()).isEqualTo(1);
    }

    @Test
    void variablesAreImportedFromInputOrAFile() throws IOException {
        String file = """
                # what the shop needs
                export PLAIN = a value # not this
                HASH=a#b
                SINGLE='$HOME \\n'

                DOUBLE="line 1
                line 2\\nline 3 \\"q\\"" # a comment
                EMPTY=
                """;
        Result imported = desk.reading(file, "config:import", "--no-restart", "shop");
        assertThat(imported.err()).isEmpty();
        assertThat(desk.ok("config:export", "--format", "json", "shop"))
                .isEqualTo("{\"DOUBLE\":\"line 1\\nline 2\\nline 3 \\\"q\\\"\",\"EMPTY\":\"\",\"HASH\":\"a#b\","
                        + "\"PLAIN\":\"a value\",\"SINGLE\":\"$HOME \\\\n\"}\n");

        Files.writeString(directory.resolve("env.json"), "{\"N\": 5, \"ON\": true, \"PLAIN\": \"b\"}");
        assertThat(desk.ok("config:import", "shop", "env.json", "--format", "json", "--replace"))
                .startsWith("""
                        -----> Unsetting DOUBLE
                        -----> Unsetting EMPTY
                        -----> Unsetting HASH
                        -----> Unsetting SINGLE
                        -----> Setting config vars
                               N:      5
                        """)
                .contains("-----> Restarting app shop\n");
        assertThat(desk.ok("config:export", "--format", "shell", "shop")).isEqualTo("N='5' ON='true' PLAIN='b' ");
    }

    @Test
    void whatIsExportedCanBeImported() {
        String odd = "a\r\n\"b\" 'c' $d `e` \\\\f! #g\t";
        desk.ok("config:set", "--no-restart", "shop", "ODD=" + odd, "BLANK= ");
        for (String format : List.of("envfile", "json")) {
            String exported = exported(format);
            desk.ok("config:clear", "--global");
            assertThat(desk.reading(exported, "config:import", "--global", "--format", format)
                            .err())
                    .isEmpty();
            assertThat(desk.store().globalConfig().values())
                    .containsEntry("ODD", odd)
                    .containsEntry("BLANK", " ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "GOOD=1\nBAD",
                "GOOD=1\nGOOD=2",
                "A='open",
                "A=\"open",
                "A='x' y",
                "=x",
                "9A=1",
                "GOOD=1\nA B=2"
            })
    void anImportThatCannotBeChangesNothing(String file) {
        Result result = desk.reading(file, "config:import", "shop");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     ");
        assertThat(result.out()).isEmpty();
        assertThat(desk.ok("config:keys", "shop")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"s3cret\"",
                "{\"s3cret\": null}",
                "{\"A\": {}}",
                "{\"A\": \"s3cret",
                "{\"A\":1,\"A\":2}",
                "{\"A\":\"1\"} s3cret"
            })
    void jsonThatCannotBeImportedChangesNothingAndIsNotRepeated(String json) {
        Result result = desk.reading(json, "config:import", "shop", "--format", "json");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     ").doesNotContain("\"s3cret");
        assertThat(desk.ok("config:keys", "shop")).isEmpty();
        assertThat(desk.reading("A=1", "config:import", "shop", "--format", "yaml")
                        .err())
                .isEqualTo(" !     Unknown import format: yaml: envfile, json\n");
        assertThat(desk.overSsh("config:import", "shop", "/etc/shadow").err()).contains("administrator only");
    }
}
