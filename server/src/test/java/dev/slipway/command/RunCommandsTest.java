package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessSpec;
import dev.slipway.schedule.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunCommandsTest extends AtDesk {

    private final List<ProcessSpec> attended = new ArrayList<>();

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nconsole: rails c");
        desk.scheduler().attending((spec, caller) -> {
            attended.add(spec);
            try {
                caller.streams().out().write(caller.streams().in().readAllBytes());
                caller.streams().err().write("noise\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return 7;
        });
    }

    private static List<String> words(ProcessSpec spec) {
        return spec.oneOff().orElseThrow().words();
    }

    @Test
    void wordsArePassedAsTheyAreAndTheExitCodeIsTheProgramsOwn() {
        Result result = desk.reading("in\nput", "run", "shop", "ls", "-la", "--quiet", "a  b", "$(id)", "--help");
        assertThat(result).isEqualTo(new Result(7, "in\nput", "noise\n"));
        assertThat(attended.getFirst().command()).isEqualTo(OneOff.PROGRAM);
        assertThat(words(attended.getFirst())).containsExactly("ls", "-la", "--quiet", "a  b", "$(id)", "--help");
        assertThat(attended.getFirst().name().toString()).matches("run\\.[1-9][0-9]{3,4}");
        assertThat(attended.getFirst().environment())
                .containsEntry("DYNO", attended.getFirst().name().toString())
                .containsEntry("PORT", "5000");
    }

    @Test
    void whatRunsWhileItsAppIsRenamedIsStillTheApps() {
        Running run = detached();
        desk.ok("apps:rename", "shop", "store");
        desk.ok("apps:rename", "store", "market");
        assertThat(desk.ok("run:list", "market")).contains(run.name().toString());
        assertThat(desk.ok("run:stop", "market")).contains(run.name().toString());
        assertThat(desk.ok("run:stop", "market")).isEqualTo("No run containers exist\n");
    }

    @Test
    void whatKeptAFormerNameEndsWithItsApp() {
        Running run = detached();
        desk.ok("apps:rename", "shop", "store");
        desk.ok("apps:clone", "--skip-deploy", "store", "copy");
        assertThat(desk.ok("run:list", "copy")).doesNotContain(run.name().toString());
        desk.ok("apps:destroy", "store", "--force");
        assertThat(desk.scheduler().stopped()).contains(run.id());
    }

    private Running detached() {
        desk.ok("run:detached", "shop", "sleep", "9");
        return desk.scheduler().running(new AppName("shop")).stream()
                .filter(process -> process.oneOff().isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void flagsStandBeforeTheAppAndMayComeOften() {
        desk.ok("config:set", "--no-restart", "shop", "A=app", "B=app");
        Result result = desk.run(
                "--quiet",
                "run",
                "-e",
                "A=1",
                "--env=C=x=y",
                "--ttl-seconds",
                "60",
                "--no-tty",
                "shop",
                "--",
                "-x",
                "--");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(words(attended.getFirst())).containsExactly("-x", "--");
        assertThat(attended.getFirst().environment())
                .containsEntry("A", "1")
                .containsEntry("B", "app")
                .containsEntry("C", "x=y");
        assertThat(attended.getFirst().oneOff().orElseThrow().longest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(desk.run("--app", "shop", "run", "-e", "A=2", "env").exitCode())
                .isEqualTo(7);
        assertThat(words(attended.getLast())).containsExactly("env");
        assertThat(attended.getLast().environment()).containsEntry("A", "2");
    }

    @Test
    void aTypeOfTheProcfileStandsForItsLine() {
        desk.run("run", "shop", "console");
        assertThat(attended.getFirst().command()).isEqualTo("rails c");
        assertThat(words(attended.getFirst())).isEmpty();
        desk.run("run", "shop", "console", "a b");
        assertThat(attended.getLast().command()).isEqualTo("rails c \"$@\"");
        assertThat(words(attended.getLast())).containsExactly("a b");
    }

    @Test
    void withoutWordsItIsAShell() {
        desk.run("run", "shop");
        assertThat(words(attended.getFirst()).getFirst()).isEqualTo("sh");
        desk.ok("config:set", "--no-restart", "shop", "DOKKU_APP_SHELL=/bin/zsh");
        desk.run("run", "shop");
        assertThat(words(attended.getLast())).containsExactly("/bin/zsh");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            run => Please specify an app to run the command on
            run --nope shop ls => Unknown flag --nope: run [-e|--env <key=value>] [--no-tty] [--force-tty] [--ttl-seconds <seconds>] [--cron-id <id>] <app> [<command>...]
            run --ttl-seconds 0 shop ls => --ttl-seconds must be a positive integer
            run --ttl-seconds -1 shop ls => --ttl-seconds must be a positive integer
            run --no-tty --force-tty shop ls => Cannot specify both --force-tty and --no-tty
            run -e A shop ls => Invalid env pair: A: write KEY=VALUE
            run -e 1A=x shop ls => Invalid key name: '1A': letters, digits and _ only, not beginning with a digit, at most 255 of them
            run --cron-id ../x shop ls => Invalid cron id ../x: letters and digits only
            run idle ls => App idle has not been deployed
            run:detached idle ls => App idle has not been deployed
            run:detached shop => Please specify a command: a shell that nobody types into ends at once
            run:detached --force-tty shop ls => A detached process has no terminal: leave --force-tty out, or attach to it with enter shop once it runs
            run:list --format xml shop => Invalid format xml: text or json
            run:logs => No container or app specified
            run:stop => No container or app specified
            run:logs --container shop => Invalid container name specified: shop
            run:logs --container shop.web.1 => Specified container must be a run container
            run:logs --container shop.run.x => Invalid container name specified: shop.run.x
            run:logs --container ../.run.1 => Invalid container name specified: ../.run.1
            run:logs idle --container shop.run.1234 => Specified app does not match the app in the container name
            run:logs --container shop.run.1234 => Specified container does not exist: shop.run.1234
            run:logs shop -n many => Invalid number of lines many: 0 to 100000
            run:stop --container shop.run.1234 => Specified container does not exist: shop.run.1234
            """)
    void whatCannotBeIsRefused(String line, String message) {
        desk.ok("apps:create", "idle");
        int running = desk.scheduler().running().size();
        Result result = desk.run(line.split(" +"));
        assertThat(result).isEqualTo(new Result(1, "", " !     " + message + "\n"));
        assertThat(attended).isEmpty();
        assertThat(desk.scheduler().running()).hasSize(running);
    }

    @Test
    void anAppThatIsNotThereHasTheExitCodeOfDokku() {
        for (String verb : List.of("run", "run:detached", "run:list", "run:logs", "run:stop", "enter")) {
            assertThat(desk.run(verb, "gone", "ls").exitCode()).as(verb).isIn(20, 1);
            assertThat(desk.run(verb, "gone").exitCode()).as(verb).isEqualTo(20);
        }
        assertThat(desk.run("run:stop", "--container", "gone.run.1234").exitCode())
                .isEqualTo(20);
    }

    @Test
    void aWordThatLinuxDoesNotTakeIsRefused() {
        Result result = desk.run("run", "shop", "echo", "x".repeat(128 * 1024));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("longer than the 131072 bytes that Linux takes");
    }

    @Test
    void detachedRunsAreListedAndStoppedAndNothingElseIs() {
        assertThat(desk.ok("run:list", "shop"))
                .isEqualTo("=====> shop run containers\nNAMES                   COMMAND   CREATED\n");
        assertThat(desk.ok("--quiet", "run:list", "shop")).isEmpty();
        assertThat(desk.ok("run:stop", "shop")).isEqualTo("No run containers exist\n");
        String name = desk.ok("run:detached", "shop", "sleep", "1 h").strip();
        assertThat(name).matches("shop\\.run\\.[0-9]{4,5}");
        assertThat(desk.ok("run:list", "shop")).contains(name).contains("\"sleep 1 h\"");
        assertThat(desk.ok("--quiet", "run:list", "shop")).startsWith(name).hasLineCount(1);
        assertThat(desk.ok("run:list", "--format", "json"))
                .isEqualTo(
                        "[{\"name\":\"" + name
                                + "\",\"state\":\"running\",\"command\":\"\\\"sleep 1 h\\\"\",\"created_at\":\"1970-01-01 00:00:00 +0000 UTC\"}]\n");
        String report = desk.ok("ps:report", "shop");
        assertThat(report).contains("Processes:                        1\n").doesNotContain("run.");
        assertThat(desk.ok("ps:inspect", "shop")).doesNotContain("\"run.");
        desk.ok("ps:stop", "shop");
        assertThat(desk.ok("run:list", "shop")).contains(name);
        assertThat(desk.ok("run:stop", "--container", name)).isEqualTo(name + "\n");
        assertThat(desk.scheduler().running()).isEmpty();
    }

    @Test
    void anAppTakesItsRunsAlong() {
        desk.ok("run:detached", "shop", "sleep", "1h");
        assertThat(desk.scheduler().running(new AppName("shop"))).hasSize(2);
        desk.ok("--force", "apps:destroy", "shop");
        assertThat(desk.scheduler().running()).isEmpty();
    }

    @Test
    void enterFindsTheProcessAndPassesWordsOn() {
        Running web = desk.scheduler().running().getFirst();
        assertThat(desk.run("enter", "shop", "web", "ls", "-l", "--help"))
                .isEqualTo(new Result(3, "in " + web.id() + "\nls\n-l\n--help\n", ""));
        assertThat(desk.run("enter", "shop", "web.1", "id").out()).isEqualTo("in " + web.id() + "\nid\n");
        assertThat(desk.run("enter", "shop", "--container-id", web.id(), "id", "-u")
                        .out())
                .isEqualTo("in " + web.id() + "\nid\n-u\n");
        assertThat(desk.run("enter", "shop").out()).startsWith("in " + web.id() + "\nsh\n-c\n");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            enter idle => App idle has not been deployed
            enter shop ws => No containers found for type 'ws'\\n !     Available types for app (shop): web
            enter shop web.2 ls => No containers found for type 'web.2'\\n !     Available types for app (shop): web
            enter shop web.x ls => web.x is not a process: write TYPE.NUMBER, such as web.1
            enter shop --container-id zz ls => Invalid container id for app\\n !     Available ids for app (shop): p01
            """)
    void enterRefusesWhatIsNotThere(String line, String message) {
        desk.ok("apps:create", "idle");
        assertThat(desk.run(line.split(" +")))
                .isEqualTo(new Result(1, "", " !     " + message.replace("\\n", "\n") + "\n"));
    }
}
