package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronCommandsTest extends AtDesk {

    /** Dokku's own: base 36 of {@code shop===true===@daily}. */
    private static final String ID = new java.math.BigInteger(
                    1, "shop===true===@daily".getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString(36);

    private final List<ProcessSpec> attended = new ArrayList<>();

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nclean: rm -r old", Optional.of("""
                {"cron": [
                  {"command": "true", "schedule": "@daily"},
                  {"command": "clean --all", "schedule": "5 5 * * mon-fri", "maintenance": true, "concurrency_policy": "forbid"}]}
                """));
        desk.scheduler().attending((spec, caller) -> {
            attended.add(spec);
            return 4;
        });
    }

    private String second() {
        return desk.ok("cron:list", "shop").lines().toList().get(2).split(" ")[0];
    }

    @Test
    void tasksAreListedByTheirIds() {
        String pad = " ".repeat(Math.max(0, second().length() - ID.length()));
        assertThat(desk.ok("cron:list", "shop"))
                .isEqualTo("ID" + " ".repeat(second().length() - 2) + "  Schedule         Maintenance  Command\n" + ID
                        + pad
                        + "  @daily           false        true\n" + second()
                        + "  5 5 * * mon-fri  true (task)  clean --all\n");
        assertThat(desk.ok("cron:list", "shop", "--format", "json"))
                .startsWith("[{\"id\":\"" + ID
                        + "\",\"app\":\"shop\",\"command\":\"true\",\"schedule\":\"@daily\",\"concurrency_policy\":\"allow\","
                        + "\"app-in-maintenance\":false,\"task-in-maintenance\":false,\"maintenance\":false},");
        assertThat(desk.ok("cron:list", "--global", "--format", "json")).isEqualTo("[]\n");
        assertThat(desk.ok("cron:list", "--global")).isEqualTo("ID  Schedule  Maintenance  Command\n");
    }

    @Test
    void aTaskIsRunByHandWithItsCallersStreams() {
        assertThat(desk.run("cron:run", "shop", ID).exitCode()).isEqualTo(4);
        assertThat(attended.getFirst().command()).isEqualTo("true");
        assertThat(attended.getFirst().name().toString()).matches("cron\\.[0-9]{4,5}");
        assertThat(attended.getFirst().oneOff().orElseThrow().cron()).isEqualTo(ID);
        desk.run("cron:run", "shop", second());
        assertThat(attended.getLast().command()).isEqualTo("rm -r old --all");
        assertThat(desk.ok("cron:run", "shop", ID, "--detach")).matches("shop\\.cron\\.[0-9]{4,5}\n");
        assertThat(desk.ok("run:list", "shop")).contains("shop.cron.");
    }

    @Test
    void aRunByHandMayBeGivenATimeLimit() {
        desk.run("cron:run", "shop", ID);
        desk.run("cron:run", "shop", ID, "--ttl-seconds", "60");
        assertThat(attended)
                .extracting(spec -> spec.oneOff().orElseThrow().longest())
                .containsExactly(Duration.ofDays(1), Duration.ofMinutes(1));
        for (String wrong : List.of("0", "-1", "1.5", "$(id)")) {
            assertThat(desk.run("cron:run", "shop", ID, "--detach", "--ttl-seconds", wrong))
                    .isEqualTo(new Result(1, "", " !     --ttl-seconds must be a positive integer\n"));
        }
        assertThat(attended).hasSize(2);
    }

    @Test
    void aTaskThatForbidsASecondRunHasNoneByHandEither() {
        String name = desk.ok("cron:run", "shop", second(), "--detach").strip();
        String refusal = " !     App shop currently has a cron lock in place for " + second()
                + ": wait for the run before, or end it with dokku run:stop shop\n";
        assertThat(desk.run("cron:run", "shop", second())).isEqualTo(new Result(1, "", refusal));
        assertThat(desk.run("cron:run", "shop", second(), "--detach")).isEqualTo(new Result(1, "", refusal));
        assertThat(attended).isEmpty();
        desk.ok("run:stop", "--container", name);
        assertThat(desk.run("cron:run", "shop", second()).exitCode()).isEqualTo(4);
    }

    @Test
    void tasksAreSuspendedOneByOneOrAllTogether() {
        assertThat(desk.ok("cron:suspend", "shop", ID)).isEqualTo("=====> Setting maintenance." + ID + " to true\n");
        assertThat(desk.ok("cron:list", "shop")).contains("@daily           true (task)");
        assertThat(desk.ok("cron:report", "shop", "--cron-maintenance-" + ID)).isEqualTo("true\n");
        assertThat(desk.ok("cron:resume", "shop", ID)).isEqualTo("=====> Unsetting maintenance." + ID + "\n");
        assertThat(desk.run("cron:report", "shop", "--cron-maintenance-" + ID).exitCode())
                .isEqualTo(1);
        desk.ok("cron:set", "--global", "maintenance", "true");
        assertThat(desk.ok("cron:list", "shop")).contains("@daily           true (app)");
        desk.ok("cron:set", "shop", "maintenance", "false");
        assertThat(desk.ok("cron:report", "shop", "--cron-computed-maintenance"))
                .isEqualTo("true\n");
        desk.ok("cron:set", "--global", "maintenance");
        assertThat(desk.ok("cron:report", "shop", "--cron-computed-maintenance"))
                .isEqualTo("false\n");
    }

    @Test
    void theReportSaysWhatHoldsAndHowManyTasksThereAre() {
        Result set = desk.run("cron:set", "--global", "mailto", "a@b.test");
        assertThat(set)
                .isEqualTo(new Result(
                        0,
                        "=====> Setting mailto to a@b.test\n",
                        " !     Slipway sends no mail: what cron tasks print is in the app's logs\n"));
        assertThat(desk.ok("cron:report", "shop").replace(second(), "ID")).isEqualTo("""
                =====> shop cron information
                       Cron computed mailfrom:
                       Cron computed mailto:          a@b.test
                       Cron computed maintenance:     false
                       Cron global mailfrom:
                       Cron global mailto:            a@b.test
                       Cron global maintenance:
                       Cron maintenance:
                       Cron maintenance ID: true
                       Cron task count:               2
                """.replaceAll(
                        "(?m)^(       Cron (?!maintenance ID)[a-z ]+:) *(.*)$", "$1PAD$2")
                .lines()
                .map(line ->
                        line.replaceFirst("PAD", " ".repeat(Math.max(1, second().length() + 26 - line.indexOf("PAD")))))
                .map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n"));
        assertThat(desk.ok("cron:report", "--global")).isEqualTo("""
                =====> --global cron information
                       Cron computed mailfrom:
                       Cron computed mailto:          a@b.test
                       Cron computed maintenance:     false
                       Cron global mailfrom:
                       Cron global mailto:            a@b.test
                       Cron global maintenance:
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            cron:list => Please specify an app or --global
            cron:list shop --format xml => Invalid format specified, supported formats: json, stdout
            cron:run shop => Please specify a Cron ID from the output of 'dokku cron:list shop'
            cron:run shop ../x => No matching Cron ID found. Please specify a Cron ID from the output of 'dokku cron:list shop'
            cron:suspend shop abc => No matching Cron ID found. Please specify a Cron ID from the output of 'dokku cron:list shop'
            cron:set shop mailto a@b.test => Property cannot be specified on a per-app basis
            cron:set --global mailto a;b => mailto must be a mail address
            cron:set shop maintenance yes => maintenance must be true or false
            cron:set --global maintenance.x true => Task maintenance properties cannot be set globally
            cron:set shop nope true => Invalid property specified, valid properties include: mailfrom, mailto, maintenance
            cron:list shop more => Too many words, beginning with 'more': cron:list --global|<app> [--format <format>]
            """)
    void whatCannotBeIsRefused(String line, String message) {
        assertThat(desk.run(line.split(" +"))).isEqualTo(new Result(1, "", " !     " + message + "\n"));
        assertThat(attended).isEmpty();
    }

    @Test
    void aTaskStaysSuspendedWhenItsAppIsRenamed() {
        desk.ok("cron:suspend", "shop", ID);
        desk.ok("apps:rename", "--skip-deploy", "shop", "store");
        assertThat(desk.ok("cron:list", "store")).contains("@daily           true (task)  true");
    }

    @Test
    void aTaskThatTheFileSuspendsIsNotResumedByHand() {
        assertThat(desk.run("cron:resume", "shop", second()).err())
                .isEqualTo(" !     The task is suspended by app.json: remove its maintenance there and push\n");
        assertThat(desk.run("cron:list", "gone").exitCode()).isEqualTo(20);
    }
}
