package dev.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every scheduler does, whatever it runs processes with. */
public abstract class SchedulerContract extends AttendedContract {

    @Test
    void aStartedProcessServesOnItsOwnAddressWithItsEnvironment() throws IOException {
        Running one = startListening("web.1");
        Running two = startListening("web.2");
        assertThat(one.address()).isNotEqualTo(two.address());
        assertThat(ask(one.address())).isEqualTo("it's \"quoted\"");
        assertThat(ask(two.address())).isEqualTo("it's \"quoted\"");
        assertThat(scheduler().running(SHOP)).extracting(Running::id).containsExactly(one.id(), two.id());
        assertThat(one.state()).isEqualTo(Running.State.RUNNING);
    }

    @Test
    void aStoppedProcessIsGone() {
        Running process = startListening("web.1");
        scheduler().stop(process.id(), GRACE);
        assertThat(scheduler().running()).isEmpty();
        assertThat(ProcessHandle.of(process.pid())).isEmpty();
        scheduler().stop(process.id(), GRACE);
        assertThat(scheduler().listening(process.id())).isEmpty();
        assertThat(scheduler().connections(process.id())).isEmpty();
    }

    @Test
    void aProcessThatHeedsSigtermEndsBeforeTheGraceIsOver() {
        Running process = startListening("web.1");
        long begun = System.nanoTime();
        scheduler().stop(process.id(), Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aProcessThatIgnoresSigtermIsKilledWhenTheGraceIsOver() {
        Running process = scheduler()
                .start(spec("web.1", "trap '' TERM; echo deaf; while true; do read -t 1000 < /dev/zero; done"));
        awaitLine(process.id(), "deaf");
        scheduler().stop(process.id(), Duration.ofMillis(300));
        assertThat(ProcessHandle.of(process.pid())).isEmpty();
    }

    @Test
    void theExitCodeIsTold() throws Exception {
        Running process = scheduler().start(spec("task.1", "echo last words >&2; exit 7"));
        assertThat(scheduler().exit(process.id()).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(scheduler().exit(process.id()).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(scheduler().lastLines(process.id(), 10)).containsExactly("last words");
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void aProcessThatIsNotKeptIsNotStartedAgain() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("web.1", "exit 3"));
        Change first = changes.poll(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOf(Change.Exited.class);
        assertThat(first.process().id()).isEqualTo(process.id());
        assertThat(first.process().state()).isEqualTo(Running.State.EXITED);
        assertThat(changes.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aKeptProcessThatFailsIsStartedAgainUnderTheSameId() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = startListening("web.1");
        scheduler().keep(process.id());
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        Change exited = changes.poll(10, TimeUnit.SECONDS);
        assertThat(exited).isInstanceOf(Change.Exited.class);
        assertThat(exited.process().state()).isEqualTo(Running.State.RESTARTING);
        Change restarted = changes.poll(10, TimeUnit.SECONDS);
        assertThat(restarted).isInstanceOf(Change.Restarted.class);
        assertThat(restarted.process().id()).isEqualTo(process.id());
        assertThat(restarted.process().pid()).isNotEqualTo(process.pid());
        assertThat(restarted.process().restarts()).isEqualTo(1);
        awaitListening(process.id());
        assertThat(ask(restarted.process().address())).isEqualTo("it's \"quoted\"");
    }

    @Test
    void aKeptProcessThatEndsWithZeroIsDone() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("task.1", "read -t 0.5 < <(sleep 1); exit 0"));
        scheduler().keep(process.id());
        Change exited = changes.poll(10, TimeUnit.SECONDS);
        assertThat(exited).isEqualTo(new Change.Exited(exited.process(), 0));
        assertThat(exited.process().state()).isEqualTo(Running.State.EXITED);
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void aKeptProcessThatKeepsFailingIsGivenUp() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("web.1", "read -t 0.1 < <(sleep 1); exit 9"));
        scheduler().keep(process.id());
        int restarts = 0;
        for (Change change = changes.poll(20, TimeUnit.SECONDS);
                change != null;
                change = changes.poll(20, TimeUnit.SECONDS)) {
            switch (change) {
                case Change.Restarted again -> restarts = again.process().restarts();
                case Change.Exited exited
                when exited.process().state() == Running.State.EXITED -> {
                    assertThat(restarts).isEqualTo(RESTARTS);
                    return;
                }
                case Change.Exited exited -> assertThat(exited.exitCode()).isEqualTo(9);
            }
        }
        throw new AssertionError("it was never given up");
    }

    @Test
    void aPolicyThatSaysSoAnswersASuccessfulExitToo() throws Exception {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        scheduler().watch(changes::add);
        ProcessSpec spec = spec("worker.1", "exit 0");
        Running process = scheduler()
                .start(new ProcessSpec(
                        spec.app(),
                        spec.name(),
                        spec.release(),
                        spec.tree(),
                        spec.command(),
                        spec.environment(),
                        spec.user(),
                        spec.limits(),
                        RestartPolicy.parse("always")));
        scheduler().keep(process.id());
        for (int exits = 0; exits < RESTARTS + 2; ) {
            Change change = changes.poll(20, TimeUnit.SECONDS);
            assertThat(change).isNotNull();
            if (change instanceof Change.Exited exited) {
                assertThat(exited.process().state()).isEqualTo(Running.State.RESTARTING);
                exits++;
            }
        }
        scheduler().stop(process.id(), Duration.ZERO);
    }

    @Test
    void connectionsFromOutsideAreCountedByPort() throws IOException {
        Running process = startListening("web.1");
        assertThat(scheduler().connections(process.id())).isEmpty();
        try (Socket one = connect(process.address());
                Socket two = connect(process.address())) {
            one.getInputStream().read();
            two.getInputStream().read();
            assertThat(scheduler().connections(process.id())).isEqualTo(Map.of(5000, 2));
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> scheduler().connections(process.id()).isEmpty());
    }

    @Test
    void listenersOnLoopbackAreToldAsUnreachable() {
        Running process =
                scheduler().start(spec("web.1", "exec /usr/bin/python3 -m http.server --bind 127.0.0.1 5000"));
        awaitListening(process.id());
        assertThat(scheduler().listening(process.id())).containsExactly(new Scheduler.Listening("127.0.0.1", 5000));
        assertThat(scheduler().listening(process.id()).getFirst().reachable()).isFalse();
    }

    @Test
    void whatAppTextHoldsIsNeverReadOutsideTheSandbox() throws Exception {
        Running process = scheduler().start(spec("task.1", "echo \"$WORD\" '$(id)' `echo nested`; exit 0"));
        scheduler().exit(process.id()).get(10, TimeUnit.SECONDS);
        assertThat(scheduler().lastLines(process.id(), 5)).isEqualTo(List.of("it's \"quoted\" $(id) nested"));
    }
}
