package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place where the writable layers of one user's sandboxes are mounted. */
final class LayerTest {

    private static final int TOGETHER = 4;

    @TempDir
    private Path directory;

    @Test
    void isMadeOnceForSandboxesThatStartAtTheSameMoment() throws Exception {
        CyclicBarrier together = new CyclicBarrier(TOGETHER);
        for (int round = 0; round < 200; round++) {
            Path place = directory.resolve("round-" + round);
            List<Future<?>> starts = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(TOGETHER)) {
                for (int i = 0; i < TOGETHER; i++) {
                    starts.add(threads.submit(() -> {
                        together.await();
                        Sandboxes.placeLayer(place, 12_345);
                        return null;
                    }));
                }
            }
            for (Future<?> start : starts) {
                start.get();
            }
            assertThat(place.toFile().list()).containsExactlyInAnyOrder("upper", "work");
            assertThat(Files.getAttribute(place.resolve("upper"), "unix:uid")).isEqualTo(12_345);
        }
    }
}
