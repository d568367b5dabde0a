package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
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
    void theTipOfABranchIsKnownWhereverGitKeepsIt() {
        repositories.create(SHOP, "main");
        Ref.Branch main = new Ref.Branch("main");
        assertThat(repositories.tip(SHOP, main)).isEmpty();

        String tree = GitFixture.git(setup, "shop", "hash-object", "-t", "tree", "-w", "/dev/null");
        String author = "user.name=me";
        String commit = GitFixture.git(
                setup, "shop", "-c", author, "-c", "user.email=me@host", "commit-tree", "-m", "one", tree);
        GitFixture.git(setup, "shop", "update-ref", "refs/heads/main", commit);
        GitFixture.git(setup, "shop", "update-ref", "refs/heads/not/main", commit);
        GitFixture.git(setup, "shop", "symbolic-ref", "refs/heads/alias", "refs/heads/main");
        Optional<Revision> made = Optional.of(new Revision(commit));
        assertThat(repositories.tip(SHOP, main)).isEqualTo(made);
        assertThat(repositories.tip(SHOP, new Ref.Branch("alias"))).isEqualTo(made);

        GitFixture.git(setup, "shop", "pack-refs", "--all");
        assertThat(setup.repository(SHOP).resolve("refs/heads/main")).doesNotExist();
        assertThat(repositories.tip(SHOP, main)).isEqualTo(made);
        assertThat(repositories.tip(SHOP, new Ref.Branch("not"))).isEmpty();
        assertThat(repositories.tip(SHOP, new Ref.Branch("ain"))).isEmpty();
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
