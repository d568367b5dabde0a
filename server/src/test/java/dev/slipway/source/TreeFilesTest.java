package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFilesTest {

    private static final SandboxUser OWNER = new SandboxUser(20_052);

    @TempDir
    private Path directory;

    @Test
    void tooManyFilesAreRefusedBeforeOneIsWritten() {
        TreeEntry file = new TreeEntry(TreeEntry.Kind.FILE, "0".repeat(40), 1, "file");

        refused(Collections.nCopies(100_001, file), "The revision has 100001 files");
    }

    @Test
    void tooManyBytesAreRefusedBeforeOneIsWritten() {
        TreeEntry large = new TreeEntry(TreeEntry.Kind.FILE, "0".repeat(40), 1L << 29, "file");

        refused(List.of(large, large, large), "of 1610612736 bytes in all");
    }

    private void refused(List<TreeEntry> entries, String message) {
        assertThatThrownBy(() -> new TreeFiles(entries, directory.resolve("into"), OWNER))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
        assertThat(directory).isEmptyDirectory();
    }
}
