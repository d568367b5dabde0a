package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files by which conmon tells of an exit. */
final class ExitsTest {

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsNotYetWrittenEndsNothing() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Exits exits = new Exits(directory, (id, code) -> {
            told.add(id + "=" + code);
            if (id.equals("shop.web.1")) {
                throw new IllegalStateException("of one exit alone");
            }
        })) {
            exits.begin();
            Path beside = Files.write(directory.resolve("shop.web.1.X4FP02"), new byte[] {0, 0});
            Files.writeString(beside, "7");
            Files.move(beside, directory.resolve("shop.web.1"), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(directory.resolve("garbled"), "\0 what");
            Path other = Files.writeString(directory.resolveSibling("shop.ws.1"), "0\n");
            Files.move(other, directory.resolve("shop.ws.1"), StandardCopyOption.ATOMIC_MOVE);
            String last = "";
            while (!last.equals("shop.ws.1=0")) {
                last = told.poll(10, TimeUnit.SECONDS);
                assertThat(last).as("what is told in the end").isNotNull();
            }
            assertThat(exits.code("shop.web.1")).hasValue(7);
            assertThat(exits.code("garbled")).isEmpty();
            assertThat(exits.code("nobody")).isEmpty();
        }
    }
}
