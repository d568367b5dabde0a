package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proxy.Generation;
import dev.slipway.proxy.Workers;
import dev.slipway.proxy.nginx.worker.ProcFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the workers of the real nginx. */
class WorkersTest {

    private NginxLab lab;
    private EchoServer web;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        lab.nginx.start(List.of());
        reload(0);
    }

    @AfterEach
    void stopNginx() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        lab.close();
        web.close();
    }

    private List<String> reload(int number) {
        return lab.nginx
                .publish(lab.site("shop")
                        .type("web", web)
                        .properties(Map.of("proxy-read-timeout", (1000 + number) + "s"))
                        .build())
                .warnings();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http);
        sockets.add(socket);
        assertThat(Wire.upgrade(socket, "shop.test", "/")).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** Workers without a socket go away by themselves, in their own time. */
    private Workers settled(int generations) {
        Awaitility.await().until(() -> lab.nginx.workers().generations().size() == generations);
        return lab.nginx.workers();
    }

    @Test
    void aGenerationThatServesHasItsSocketsAndItsMemory() throws IOException {
        open();
        open();

        Workers workers = settled(1);

        Generation serving = workers.generations().getFirst();
        assertThat(serving.number()).isEqualTo(1);
        assertThat(serving.serves()).isTrue();
        assertThat(serving.workers()).hasSize(Runtime.getRuntime().availableProcessors());
        assertThat(serving.clients()).isEqualTo(2);
        assertThat(serving.upstreams()).isEqualTo(2);
        assertThat(serving.age()).isLessThan(Duration.ofMinutes(5));
        assertThat(serving.workers())
                .allSatisfy(worker -> assertThat(worker.memory()).isBetween(100_000L, 1L << 30));
        assertThat(workers.warning()).isEmpty();
    }

    @Test
    void workersThatWereReplacedDrainGenerationByGeneration() throws IOException {
        open();
        reload(1);
        open();
        reload(2);

        Workers workers = settled(3);

        assertThat(workers.generations().stream().map(Generation::serves)).containsExactly(true, false, false);
        assertThat(workers.generations().stream().map(Generation::clients)).containsExactly(0, 1, 1);
        assertThat(workers.generations().stream().map(Generation::upstreams)).containsExactly(0, 1, 1);
        List<Duration> draining = workers.draining().stream()
                .map(generation -> generation.draining().orElseThrow())
                .toList();
        assertThat(draining.get(1)).isGreaterThan(draining.get(0));
        assertThat(workers.draining())
                .allSatisfy(generation ->
                        assertThat(generation.draining().orElseThrow()).isLessThan(generation.age()));
    }

    @Test
    void anotherDaemonKnowsSinceWhenAWorkerDrains() throws IOException {
        open();
        reload(1);
        Duration known = settled(2).draining().getFirst().draining().orElseThrow();
        lab.nginx.close();

        Nginx another = lab.another();

        assertThat(another.workers().draining().getFirst().draining().orElseThrow())
                .isBetween(known, known.plusSeconds(30));
    }

    @Test
    void onlyWhatHasDrainedForLongerIsEnded() throws IOException {
        Socket draining = open();
        reload(1);
        Socket served = open();
        settled(2);

        lab.nginx.endDraining(Duration.ofHours(1));
        assertThat(Wire.echo(draining, "still here")).isEqualTo("still here");

        lab.nginx.endDraining(Duration.ZERO);

        assertThat(draining.getInputStream().read()).isEqualTo(-1);
        settled(1);
        assertThat(Wire.echo(served, "untouched")).isEqualTo("untouched");
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void tooManyGenerationsAreToldAndNotEnded() throws IOException {
        for (int i = 1; i <= Workers.MOST_DRAINING; i++) {
            open();
            assertThat(reload(i)).isEmpty();
        }
        open();

        assertThat(reload(Workers.MOST_DRAINING + 1))
                .singleElement()
                .asString()
                .startsWith("nginx keeps 11 replaced generations of workers for 11 open sockets: ")
                .contains(" MiB of memory", "dokku nginx:set --global worker-max-age 6h");

        assertThat(lab.nginx.workers().warning()).isPresent();
        for (Socket socket : sockets) {
            assertThat(Wire.echo(socket, "still here")).isEqualTo("still here");
        }
    }

    @Test
    void workersThatLostTheirMasterGiveUpTheirPortsAndKeepTheirSockets() throws IOException {
        Socket held = open();
        ProcFile master = lab.master();
        ProcessHandle killed = ProcessHandle.of(master.pid()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().join();
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);

        reload(1);

        assertThat(lab.master()).isNotEqualTo(master);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
        assertThat(Wire.echo(held, "still here")).isEqualTo("still here");

        lab.nginx.stop();
        assertThat(held.getInputStream().read()).isEqualTo(-1);
    }
}
