package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscriptTest {

    private static final int MOST = 16 * 1024 * 1024;

    @Test
    void whoFollowsOneThatIsTooLongWaitsForItsEnd(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("log");
        Transcript transcript = Transcript.begin(file);
        transcript.write(new byte[MOST - 1000]);
        transcript.write(new byte[8192]);
        transcript.write(new byte[10]);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Thread reader = Thread.ofPlatform().start(() -> transcript.follow(seen));
        await().until(() -> reader.getState() == Thread.State.WAITING);
        transcript.close();
        reader.join();
        assertThat(seen.toByteArray())
                .hasSizeLessThan(MOST)
                .endsWith("it is too long\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.size(file)).isEqualTo(seen.size());
    }
}
