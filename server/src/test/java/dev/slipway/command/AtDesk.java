package dev.slipway.command;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that each have a desk of their own, in a private directory. */
abstract class AtDesk {

    @TempDir
    Path directory;

    Desk desk;

    @BeforeEach
    void openDesk() {
        desk = new Desk(directory);
    }

    @AfterEach
    void closeDesk() {
        desk.close();
    }
}
