package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {

    private static final AppName SHOP = new AppName("shop");

    @TempDir
    private Path temporary;

    private GitSetup setup;
    private Repositories repositories;

    @BeforeEach
    void open() {
        setup = GitFixture.setup(temporary);
        repositories = new Repositories(setup, new SystemRunner());
    }

    @Test
    void aNewRepositoryBelongsToGitsUserAloneAndNamesTheDeployBranch() throws IOException {
        repositories.create(SHOP, "trunk");

        Path repository = setup.repository(SHOP);
        assertThat(Files.getAttribute(repository, "unix:uid")).isEqualTo(GitFixture.GIT.uid());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(repository)))
                .isEqualTo("rwx------");
        assertThat(GitFixture.git(setup, "shop", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/trunk");

        repositories.defaultBranch(SHOP, "main");
        assertThat(GitFixture.git(setup, "shop", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    }

    @Test
    void anAppsRepositoryIsNotReplacedByAnother() {
        repositories.create(SHOP, "main");
        repositories.create(new AppName("store"), "main");

        assertThatThrownBy(() -> repositories.create(SHOP, "main")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> repositories.rename(SHOP, new AppName("store")))
                .isInstanceOf(UserException.class);
    }

    @Test
    void aRepositoryIsRenamedCollectedAndDestroyed() {
        repositories.create(SHOP, "main");
        repositories.rename(SHOP, new AppName("store"));

        assertThat(repositories.exists(SHOP)).isFalse();
        repositories.gc(new AppName("store"));
        repositories.destroy(new AppName("store"));
        repositories.destroy(new AppName("store"));
        assertThat(setup.repositories()).isEmptyDirectory();
    }

    @Test
    void theHookCannotBeChangedByGitsUser() throws IOException {
        Path hook = setup.hooks().resolve("pre-receive");
        for (Path path : new Path[] {hook, setup.hooks(), setup.own(), setup.pushes(), setup.home()}) {
            assertThat(Files.getAttribute(path, "unix:uid")).as("%s", path).isEqualTo(0);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as("%s", path)
                    .doesNotMatch("....w.*|.......w.");
        }
        assertThat(hook).isExecutable();
    }

    @Test
    void whatAKilledServerLeftIsClearedAway() throws IOException {
        Files.createDirectories(setup.repositories().resolve(".gone-old/objects"));
        Files.createDirectories(setup.repositories().resolve(".new-half"));
        Files.createDirectory(setup.pushes().resolve("left"));

        repositories = new Repositories(setup, new SystemRunner());

        assertThat(setup.repositories()).isEmptyDirectory();
        assertThat(setup.pushes()).isEmptyDirectory();
    }

    @Test
    void aClosedDirectoryOnTheWayIsNamedAtStart() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> new Repositories(setup, new SystemRunner()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("chmod o+x " + temporary);
    }
}
