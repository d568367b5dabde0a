package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest extends AtDesk {

    private static final String NOUNS = """
                app-json                 Manage app-json settings for an app
                apps                     Manage apps
                builder                  Manage builder settings for an app
                buildpacks               Manage buildpack settings for an app
                builds                   Manage running and historical builds
                certs                    Manage SSL (TLS) certs
                checks                   Manage zero-downtime settings
                cleanup                  Remove what builds left and nothing needs
                completion               Print a script that completes commands in a shell
                config                   Manage global and app-specific config vars
                cron                     Manage scheduled cron tasks
                domains                  Manage domains used by the proxy
                enter                    Enter running app containers
                events                   Manage event logging
                git                      Manage app deploys via git
                help                     Print the list of commands
                logs                     Manage log integration for an app
                network                  Manage network settings for an app
                nginx                    Manage the nginx proxy
                ports                    Manage ports for an app
                proxy                    Manage the proxy integration for an app
                ps                       Manage app processes
                repo                     Manage the app's repo
                report                   Show all reports of one app or all, and of the machine
                resource                 Manage resource settings for an app
                run                      Run a one-off process inside a container
                scheduler                Manage scheduler settings for an app
                ssh-keys                 Manage public ssh keys used for deployment
                storage                  Manage mounted volumes
                url                      Show the first URL for an application (compatibility)
                urls                     Show all URLs for an application
                version                  Print Slipway's version
            """;

    private static final String CONFIG = """
            Manage global and app-specific config vars

            Commands:
                config --global|<app> [--merged]  Print the variables of an app, or of all apps
                config:bundle --global|<app> [--merged]  Write a tar with one file a variable
                config:clear --global|<app> [--no-restart]  Remove all variables, restart the app
                config:export --global|<app> [--merged] [--format <format>]  Print the variables for another program: exports, envfile, docker-args, docker-args-keys, pack-keys, shell, pretty, json, json-list
                config:get --global|<app> <key> [--quoted]  Print the value of one variable
                config:import --global|<app> [<file>] [--format <format>] [--replace] [--no-restart]  Set the variables of a file or of standard input: envfile, json
                config:keys --global|<app> [--merged]  Print the names of the variables
                config:set --global|<app> <key=value>... [--encoded] [--no-restart]  Set variables, restart the app
                config:show --global|<app> [--merged] [--format <format>]  Print the variables of an app, or of all apps
                config:unset --global|<app> <key>... [--no-restart]  Remove variables, restart the app
            """;

    @Test
    void withoutWordsTheNounsAreListed() {
        assertThat(desk.run()).isEqualTo(new Result(0, NOUNS.indent(0), ""));
    }

    @Test
    void helpSaysHowACommandIsWrittenAndWhichThereAre() {
        String usage = "Usage: dokku [--quiet] [--app <app>] COMMAND [<app>] [words]\n\nCommands:\n" + NOUNS
                + "\nWhat a noun has: dokku NOUN:help\n";
        assertThat(desk.ok("help")).isEqualTo(usage);
        assertThat(desk.ok("--help")).isEqualTo(usage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config:help", "help config", "config:set --help", "help config:set", "config --help"})
    void theHelpOfANounHasItsCommandsWithTheirUsageLines(String words) {
        assertThat(desk.ok(words.split(" ")).replaceAll(" {2,}", "  ").indent(0))
                .isEqualTo(CONFIG.replaceAll(" {2,}", "  "));
    }

    /** As in Dokku, whose list of nouns and whose help of one differ by a letter. */
    @Test
    void theHelpOfANounMayNameItOtherwiseThanTheListDoes() {
        assertThat(desk.ok("buildpacks:help")).startsWith("Manage buildpacks settings for an app\n");
    }

    @Test
    void theLongestUsageLineLeavesRoomForItsSummary() {
        assertThat(desk.ok("ps:help").lines().skip(3))
                .allMatch(line -> line.matches(" {4}ps:.*[\\]>] {2,}[A-Z].*"), "usage, blanks, summary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuchcmd", "ps:nope", "help nosuchcmd", "nosuchcmd:help"})
    void anUnknownCommandIsSaidToBeOne(String words) {
        String name = words.replace("help ", "");
        assertThat(desk.run(words.split(" ")))
                .isEqualTo(new Result(
                        1,
                        "",
                        " !     `" + name + "` is not a dokku command.\n"
                                + " !     See `dokku help` for a list of available commands.\n"));
    }

    @Test
    void whatSlipwayDoesWithoutSaysSoAndWhatToUseInstead() {
        Result result = desk.run("postgres:create", "db");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("run one beside it and give its URL to the app with config:set");
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(desk.ok("version")).isEqualTo("slipway version 1.2.3\n");
        assertThat(desk.ok("--version")).isEqualTo("slipway version 1.2.3\n");
    }
}
