package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Dokku's own client script, which turns {@code dokku WORDS} in a checkout into ssh. What it sends is driven here word for word; the script
 * itself too where {@code SLIPWAY_DOKKU_CLIENT} names it.
 */
class ClientScriptTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** As the script calls it: quiet, with a terminal wished for, the words behind two hyphens. */
    private static Result sent(String... words) {
        List<String> argv = new ArrayList<>(platform.sshArgv());
        String host = argv.removeLast();
        argv.removeLast();
        argv.addAll(List.of("-o", "LogLevel=QUIET", "-t", host, "--"));
        argv.addAll(List.of(words));
        return platform.run(Command.of(argv));
    }

    @Test
    void theAppOfTheCheckoutComesByAFlagBeforeTheCommand() {
        assertThat(sent("--app", "by-flag", "apps:create", "by-flag").exitCode())
                .isZero();
        assertThat(sent("--app", "by-flag", "config:set", "--no-restart", "KEY=value")
                        .exitCode())
                .isZero();
        assertThat(sent("--app", "by-flag", "config:get", "KEY").out()).isEqualTo("value\n");
        assertThat(sent("--app", "by-flag", "ps:report").out()).startsWith("=====> by-flag ps information");
        assertThat(sent("--app", "by-flag", "--quiet", "config:keys").out()).isEqualTo("KEY\n");
        assertThat(sent("--app", "by-flag", "--trace", "domains:report", "--domains-app-vhosts")
                        .out())
                .isEqualTo("by-flag.test\n");
        assertThat(sent("--app", "by-flag", "--force", "apps:destroy").exitCode())
                .isZero();
    }

    @Test
    void commandsWithoutAnAppComeAsTheyAre() {
        assertThat(sent("apps:list").exitCode()).isZero();
        assertThat(sent("version").out()).startsWith("slipway version ");
        assertThat(sent("help").out()).contains("Usage: dokku");
        assertThat(sent("nginx:set", "--global", "hsts", "true").exitCode()).isZero();
        assertThat(sent("ssh-keys:list").out()).contains("NAME=\"test\"");
        assertThat(sent("events:list").exitCode()).isZero();
        assertThat(sent("storage:ensure-directory", "x").exitCode()).isZero();
        assertThat(platform.ssh("apps").exitCode()).isZero();
    }

    @Test
    void exitCodesAndErrorsComeBack() {
        assertThat(sent("--app", "nope", "ps:report").exitCode()).isEqualTo(20);
        assertThat(sent("--app", "nope", "ps:report").err()).contains("App nope does not exist");
        assertThat(sent("--app", "nope").out()).contains("apps ");
        assertThat(sent("plugin:list").exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptItselfWorks() throws IOException {
        Optional<String> script = Optional.ofNullable(System.getenv("SLIPWAY_DOKKU_CLIENT"));
        assumeThat(script)
                .as("SLIPWAY_DOKKU_CLIENT names Dokku's contrib/dokku_client.sh")
                .isPresent();
        Path checkout = Files.createDirectory(platform.work().resolve("scripted"));
        platform.run(Command.of("git", "init", "-q", checkout.toString()));
        Path bin = Files.createDirectory(platform.work().resolve("bin"));
        List<String> argv = new ArrayList<>(platform.sshArgv());
        List<String> options = argv.subList(3, argv.size() - 2);
        Path ssh = Files.writeString(
                bin.resolve("ssh"), "#!/bin/sh\nexec /usr/bin/ssh " + String.join(" ", options) + " \"$@\"\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));

        Result created = client(script.get(), checkout, bin, "apps:create", "scripted");
        assertThat(created.exitCode()).as(created.out() + created.err()).isZero();
        assertThat(created.out()).contains("-----> Application name is scripted");
        assertThat(client(script.get(), checkout, bin, "config:set", "--no-restart", "KEY=value")
                        .exitCode())
                .isZero();
        assertThat(client(script.get(), checkout, bin, "config:get", "KEY").out())
                .isEqualTo("value\n");
        assertThat(client(script.get(), checkout, bin, "apps:list").out()).contains("scripted");
        Result destroyed = client(script.get(), checkout, bin, "--force", "apps:destroy", "scripted");
        assertThat(destroyed.exitCode()).as(destroyed.out() + destroyed.err()).isZero();
    }

    private static Result client(String script, Path checkout, Path bin, String... words) {
        List<String> argv = new ArrayList<>(List.of("bash", script));
        argv.addAll(List.of(words));
        return platform.run(Command.of(argv)
                .in(checkout)
                .environment("PATH", bin + ":" + Command.PATH)
                .environment("HOME", platform.work().toString())
                .environment("DOKKU_HOST", "127.0.0.1")
                .environment("DOKKU_PORT", String.valueOf(platform.sshPort())));
    }
}
