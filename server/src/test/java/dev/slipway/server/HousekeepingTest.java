package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    @Test
    void aChoreThatFailsKeepsNoOtherFromBeingDone() {
        List<String> done = new ArrayList<>();
        Runnable failing = () -> {
            throw new IllegalStateException("this is a test: a chore that fails");
        };

        try (Housekeeping housekeeping =
                new Housekeeping(List.of(() -> done.add("first"), failing, () -> done.add("last")))) {
            housekeeping.round();
            housekeeping.round();
        }

        assertThat(done).containsExactly("first", "last", "first", "last");
    }
}
