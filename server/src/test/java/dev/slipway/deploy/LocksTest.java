package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.Console;
import dev.slipway.model.AppName;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who waits for an app's lock is told for whom, and has it before whoever came later. */
class LocksTest {

    private static final AppName SHOP = new AppName("shop");

    private final Locks locks = new Locks(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void theOneThatWaitsIsToldForWhomAndComesBeforeThoseThatCameLater() throws Exception {
        PipedInputStream heard = new PipedInputStream();
        Console console = new Console(new PipedOutputStream(heard), OutputStream.nullOutputStream());
        Locks.Held first = locks.take(SHOP, "deploy of 46f569b", Console.silent());
        Thread second = Thread.ofPlatform().start(() -> takeTurn("second", console));

        assertThat(new Scanner(heard, StandardCharsets.UTF_8).nextLine())
                .isEqualTo("-----> Waiting for the deploy of 46f569b that began at 1970-01-01T00:00:00Z to end");
        Thread third = Thread.ofPlatform().start(() -> takeTurn("third", Console.silent()));
        assertThat(locks.isHeld(SHOP)).isTrue();
        first.close();
        second.join();
        third.join();

        assertThat(order).containsExactly("second", "third");
        assertThat(locks.isHeld(SHOP)).isFalse();
    }

    private void takeTurn(String who, Console console) {
        try (Locks.Held _ = locks.take(SHOP, who, console)) {
            order.add(who);
        }
    }
}
