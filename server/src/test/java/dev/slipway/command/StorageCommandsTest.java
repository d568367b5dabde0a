package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deploy.Storage;
import dev.slipway.exec.Result;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.StorageMount;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageCommandsTest extends AtDesk {

    private Path root;

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
        desk.ok("apps:create", "store");
        root = directory.resolve("data/lib/data/storage");
    }

    @Test
    void aDirectoryIsMadeMountedListedAndUnmounted() throws IOException {
        assertThat(desk.ok("storage:ensure-directory", "shop"))
                .isEqualTo("-----> Ensuring " + root + "/shop exists\n"
                        + "       It will belong to the user of the app that mounts it\n"
                        + "       Directory ready for mounting\n");
        String mount = root + "/shop:/app/storage";
        assertThat(desk.ok("storage:mount", "shop", mount)).isEqualTo("-----> Mounted " + mount + " into shop\n");
        int uid = desk.storage().user(desk.store().app(new AppName("shop"))).uid();
        assertThat(Files.getAttribute(root.resolve("shop"), "unix:uid")).isEqualTo(uid);
        assertThat(desk.ok("storage:list", "shop"))
                .isEqualTo("-----> shop volume bind-mounts:\n       " + mount + "\n");
        assertThat(desk.ok("--quiet", "storage:list", "shop")).contains(mount);
        assertThat(desk.ok("storage:list", "shop", "--format", "json"))
                .isEqualTo("[{\"host_path\":\"" + root
                        + "/shop\",\"container_path\":\"/app/storage\",\"volume_options\":\"\"}]\n");
        assertThat(desk.ok("storage:report", "shop"))
                .isEqualTo("=====> shop storage information\n       Storage build mounts:\n"
                        + "       Storage deploy mounts:         -v " + mount + "\n"
                        + "       Storage run mounts:            -v " + mount + "\n");
        assertThat(desk.run("storage:mount", "shop", mount).err()).isEqualTo(" !     Mount path already exists.\n");

        desk.ok("storage:unmount", "shop", mount);
        assertThat(desk.ok("storage:list", "shop")).isEqualTo("-----> shop volume bind-mounts:\n");
        assertThat(desk.run("storage:unmount", "shop", mount).err()).isEqualTo(" !     Mount path does not exist.\n");
        assertThat(root.resolve("shop")).isDirectory();
    }

    @Test
    void oneAppWritesAndOthersRead() {
        desk.ok("storage:ensure-directory", "both");
        desk.ok("storage:mount", "shop", root + "/both:/data");
        Result second = desk.run("storage:mount", "store", root + "/both:/data");
        assertThat(second.err())
                .isEqualTo(
                        " !     App shop writes to " + root + "/both already, and each app has a user of its own: mount"
                                + " it for reading only, as " + root + "/both:/data:ro\n");
        desk.ok("storage:mount", "store", root + "/both:/data:ro");
        assertThat(mounts("store")).containsExactly(StorageMount.parse(root + "/both:/data:ro"));
    }

    @Test
    void whatIsBelowADirectoryThatAnAppWritesToIsNotMounted() throws IOException {
        desk.ok("storage:ensure-directory", "both");
        Files.createDirectories(root.resolve("both/deep"));
        desk.ok("storage:mount", "shop", root + "/both:/data");
        String refusal =
                " !     " + root + "/both/deep is below " + root + "/both, where an app may write, and shop has"
                        + " one of the two already: mount directories that are beside each other\n";
        for (String app : List.of("shop", "store")) {
            for (String mode : List.of("", ":ro")) {
                assertThat(desk.run("storage:mount", app, root + "/both/deep:/deep" + mode)
                                .err())
                        .isEqualTo(refusal);
            }
        }
        desk.ok("storage:unmount", "shop", root + "/both:/data");
        desk.ok("storage:mount", "store", root + "/both/deep:/deep:ro");
        assertThat(desk.run("storage:mount", "shop", root + "/both:/data").err())
                .isEqualTo(refusal.replace("and shop", "and store"));
    }

    @Test
    void onlyADirectoryOfItsOwnBecomesTheApps() throws IOException {
        desk.ok("storage:ensure-directory", "both");
        Files.createDirectories(root.resolve("both/deep"));
        assertThat(desk.ok("storage:mount", "shop", root + "/both/deep:/deep")).contains("shop runs as user");
        assertThat(Files.getAttribute(root.resolve("both/deep"), "unix:uid")).isEqualTo(0);
    }

    @Test
    void aCloneReadsWhatTheOtherWritesAndARenamedAppKeepsItsOwn() {
        desk.ok("storage:ensure-directory", "shop");
        desk.ok("storage:mount", "shop", root + "/shop:/data");
        Result cloned = desk.run("apps:clone", "shop", "copy");
        assertThat(cloned.err()).contains("copy may only read " + root + "/shop, which shop writes to");
        assertThat(mounts("copy")).containsExactly(StorageMount.parse(root + "/shop:/data:ro"));
        desk.ok("apps:rename", "shop", "market");
        assertThat(mounts("market")).containsExactly(StorageMount.parse(root + "/shop:/data"));
        desk.ok("apps:destroy", "market", "--force");
        assertThat(root.resolve("shop")).isDirectory();
    }

    @Test
    void everyProcessOfTheAppGetsItsMountsAndTheLengthOfItsLog() {
        desk.ok("storage:ensure-directory", "shop");
        desk.ok("storage:mount", "shop", root + "/shop:/data");
        desk.ok("logs:set", "shop", "max-size", "20m");
        ProcessSpec equipped = desk.storage().equip(spec("shop"));
        assertThat(equipped.mounts()).containsExactly(StorageMount.parse(root + "/shop:/data"));
        assertThat(equipped.logBytes()).isEqualTo(20L << 20);
        assertThat(desk.storage().equip(spec("store")).mounts()).isEmpty();
    }

    @Test
    void whatWasReplacedByALinkIsNotMounted() throws IOException {
        desk.ok("storage:ensure-directory", "shop");
        desk.ok("storage:mount", "shop", root + "/shop:/data");
        Files.delete(root.resolve("shop"));
        assertThatThrownBy(() -> desk.storage().equip(spec("shop")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("There is no " + root + "/shop on this machine");
        Files.createSymbolicLink(root.resolve("shop"), Path.of("/etc"));
        assertThatThrownBy(() -> desk.storage().equip(spec("shop")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("leads over a link to /etc");
    }

    private ProcessSpec spec(String app) {
        App owner = desk.store().app(new AppName(app));
        return new ProcessSpec(
                owner.name(),
                ProcessName.parse("web.1"),
                1,
                Path.of("/tree"),
                "serve",
                Map.of(),
                desk.storage().user(owner),
                Limits.PROCESS,
                RestartPolicy.ON_FAILURE_10);
    }

    @Test
    void theOwnerIsWhoWasAskedFor() throws IOException {
        desk.ok("storage:ensure-directory", "shop", "--chown", "false");
        desk.ok("storage:mount", "shop", root + "/shop:/data");
        assertThat(Files.getAttribute(root.resolve("shop"), "unix:uid")).isEqualTo(0);
        assertThat(desk.run("storage:ensure-directory", "shop", "--chown", "me").err())
                .isEqualTo(" !     Unsupported chown permissions: one of false, heroku, herokuish, packeto, root\n");
    }

    @Test
    void theSystemsAndThePlatformsOwnPathsAreRefused() throws IOException {
        Files.createDirectories(directory.resolve("data/apps"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("/proc"));
        for (String host : List.of(
                "/",
                "/proc",
                "/proc/1",
                "/sys",
                "/dev/shm",
                "/run",
                directory + "/data",
                directory + "/data/apps",
                directory + "/link",
                String.valueOf(directory.getParent()))) {
            assertThat(desk.run("storage:mount", "shop", host + ":/data").err())
                    .as(host)
                    .startsWith(" !     Storage cannot be at " + host);
        }
        assertThat(desk.run("storage:mount", "shop", directory + "/nothing:/data")
                        .err())
                .contains("There is no " + directory + "/nothing on this machine");
        for (String inside : List.of("/", "/app", "/etc/x", "/usr", "/proc/x", "/dev")) {
            assertThat(desk.run("storage:mount", "shop", directory + ":" + inside)
                            .err())
                    .as(inside)
                    .startsWith(" !     Storage cannot be mounted at " + inside);
        }
        assertThat(mounts("shop")).isEmpty();
    }

    @Test
    void hostileWordsAreRefused() {
        for (String word :
                List.of("x", "a:/b", "/a", "/a:b", "/a:/b:/c", "/a\n:/b", "/a:/b:suid", "/a/../b:/c", "/a:/b/../c")) {
            assertThat(desk.run("storage:mount", "shop", word).err())
                    .as(word)
                    .startsWith(" !     Storage path must be");
        }
        for (String name : List.of("../x", "a/b", "a b", ".x", "a;b", "$(id)", "")) {
            assertThat(desk.run("storage:ensure-directory", "--", name).exitCode())
                    .as(name)
                    .isEqualTo(1);
        }
        assertThat(root).doesNotExist();
    }

    private List<StorageMount> mounts(String app) {
        return Storage.mounts(desk.store().app(new AppName(app)));
    }
}
