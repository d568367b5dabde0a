package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuncTest {

    private static final Runc RUNC = new Runc(Path.of("/usr/sbin/runc"), Path.of("/d/runc"), Path.of("/d/exits"));

    @Test
    void aSandboxIsCreatedBelowItsOwnConmon() {
        Command create = RUNC.create("a.web.1", Path.of("/d/bundles/a.web.1"), Path.of("/log/a/web.1.log"), 1024);
        assertThat(create.argv().subList(4, create.argv().size()))
                .isEqualTo(List.of(
                        "--cid",
                        "a.web.1",
                        "--cuuid",
                        "a.web.1",
                        "--name",
                        "a.web.1",
                        "--runtime",
                        "/usr/sbin/runc",
                        "--runtime-arg",
                        "--root",
                        "--runtime-arg",
                        "/d/runc",
                        "--bundle",
                        "/d/bundles/a.web.1",
                        "--full-attach",
                        "--container-pidfile",
                        "/d/bundles/a.web.1/pid",
                        "--conmon-pidfile",
                        "/d/bundles/a.web.1/conmon.pid",
                        "--log-path",
                        "k8s-file:/log/a/web.1.log",
                        "--log-size-max",
                        "1024",
                        "--no-sync-log",
                        "--exit-dir",
                        "/d/exits"));
    }

    @Test
    void theOtherCommandsAreTheRuntimesOwn() {
        assertThat(RUNC.start("a")).isEqualTo(Command.of("/usr/sbin/runc", "--root", "/d/runc", "start", "a"));
        assertThat(RUNC.delete("a"))
                .isEqualTo(Command.of("/usr/sbin/runc", "--root", "/d/runc", "delete", "--force", "a"));
    }

    @Test
    void aProgramBesideAnotherMayHaveATerminal() {
        assertThat(RUNC.enter("a", List.of("ls", "-l"), Optional.empty()))
                .isEqualTo(Command.of("/usr/sbin/runc", "--root", "/d/runc", "exec", "a", "ls", "-l"));
        assertThat(RUNC.enter("a", List.of("ls"), Optional.of("xterm")))
                .isEqualTo(Command.of(
                        "/usr/sbin/runc", "--root", "/d/runc", "exec", "--tty", "--env", "TERM=xterm", "a", "ls"));
    }
}
