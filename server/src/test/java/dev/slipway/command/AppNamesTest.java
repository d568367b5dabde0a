package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Domain;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.Revision;
import dev.slipway.proxy.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps that are renamed, cloned and locked. */
class AppNamesTest extends AtDesk {

    private static final AppName SHOP = new AppName("shop");
    private static final AppName STORE = new AppName("store");
    private static final String LOCKED = "App shop is locked and takes no deploys: lift the lock with apps:unlock shop";

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @Test
    void aRenamedAppGoesOnServingWithAllThatItHas() {
        Revision revision = desk.committed("shop", Map.of("Procfile", "web: serve\n"));
        desk.ok("config:set", "--no-restart", "shop", "KEY=value");
        desk.ok("domains:set", "shop", "shop.test", "shop.example.com");
        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        desk.ok("git:set", "shop", "deploy-branch", "master");
        desk.ok("certs:generate", "shop", "shop.test");
        App before = desk.store().app(SHOP);

        String said = desk.ok("apps:rename", "shop", "store");
        assertThat(said).startsWith("-----> Renaming shop to store\n-----> Deploying web (count=1)\n");

        App after = desk.store().app(STORE);
        assertThat(desk.store().apps()).containsExactly(STORE);
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(after.config()).isEqualTo(before.config());
        assertThat(after.routes()).isEqualTo(before.routes());
        assertThat(after.properties())
                .containsAllEntriesOf(before.properties())
                .containsEntry("apps.former-names", "shop")
                .hasSize(before.properties().size() + 1);
        assertThat(after.domains()).containsExactly(new Domain("store.test"), new Domain("shop.example.com"));
        assertThat(after.release().orElseThrow().build().tree()).isEqualTo(Path.of("/builds/store/key/app"));
        assertThat(desk.store().certificate(STORE)).isPresent();
        assertThat(desk.deployBranch("store")).isEqualTo(revision.sha());

        Site site = desk.proxy().site(STORE).orElseThrow();
        assertThat(site.domains()).isEqualTo(after.domains());
        assertThat(site.certificate()).isPresent();
        assertThat(site.listeners().firstEntry().getValue()).hasSize(1);
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.store().draining()).containsOnlyKeys("p01");
        assertThat(desk.scheduler().running(STORE)).hasSize(1);
        assertThat(desk.ok("ps:report", "store", "--status-web-1")).isEqualTo("running (CID: p02)\n");
        assertThat(desk.run("ps:report", "shop").exitCode()).isEqualTo(20);
    }

    @Test
    void aRenamedAppThatNginxRefusesIsAsItWas() {
        desk.committed("shop", Map.of("Procfile", "web: serve\n"));
        App before = desk.store().app(SHOP);
        desk.proxy().refuse(site -> site.app().equals(STORE));
        assertThat(desk.run("apps:rename", "shop", "store").exitCode()).isEqualTo(1);
        assertThat(desk.store().apps()).containsExactly(SHOP);
        assertThat(desk.store().app(SHOP)).isEqualTo(before);
        assertThat(desk.scheduler().running(STORE)).isEmpty();
        assertThat(desk.scheduler().running(SHOP)).hasSize(1);
        assertThat(desk.proxy().site(SHOP)).isPresent();
        assertThat(desk.deployBranch("shop")).isNotEmpty();
    }

    @Test
    void anAppThatIsRenamedWithoutADeployIsStopped() {
        desk.ok("apps:rename", "--skip-deploy", "shop", "store");
        assertThat(desk.store().app(STORE).stopped()).isTrue();
        assertThat(desk.scheduler().running()).isEmpty();
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        desk.ok("ps:start", "store");
        assertThat(desk.scheduler().running(STORE)).hasSize(1);
    }

    @Test
    void anAppWithoutAReleaseIsRenamedAndBack() {
        desk.ok("apps:create", "fresh");
        desk.ok("domains:disable", "fresh");
        desk.ok("apps:rename", "fresh", "store");
        desk.ok("apps:rename", "store", "other.example.com");
        assertThat(desk.ok("domains:report", "other.example.com", "--domains-app-enabled"))
                .isEqualTo("false\n");
        desk.ok("domains:enable", "other.example.com");
        desk.ok("apps:rename", "other.example.com", "fresh");
        assertThat(desk.ok("domains:report", "fresh", "--domains-app-vhosts")).isEqualTo("fresh.test\n");
        assertThat(desk.ok("ps:report", "fresh", "--deployed")).isEqualTo("false\n");
        assertThat(desk.store().app(new AppName("fresh")).stopped()).isFalse();
    }

    @Test
    void aCloneIsDeployedWithTheConfigOfTheOther() {
        Revision revision = desk.committed("shop", Map.of("Procfile", "web: serve\nws: talk\n"));
        deployedRevision(revision);
        desk.built(new Build(
                "key", Path.of("/builds/key/app"), Procfile.parse("Procfile", "web: serve\nws: talk\n"), Map.of()));
        desk.ok("config:set", "--no-restart", "shop", "KEY=value");
        desk.ok("ps:scale", "shop", "ws=2");
        desk.ok("certs:generate", "shop", "shop.test");
        desk.ok("checks:set", "shop", "wait-to-retire", "5");

        assertThat(desk.ok("apps:clone", "shop", "store"))
                .startsWith("-----> Cloning shop to store\n")
                .contains("=====> Application deployed:\n       http://store.test\n");

        App clone = desk.store().app(STORE);
        App shop = desk.store().app(SHOP);
        assertThat(clone.number()).isNotEqualTo(shop.number());
        assertThat(clone.config().values()).containsEntry("KEY", "value");
        assertThat(clone.formation()).isEqualTo(shop.formation());
        assertThat(clone.domains()).containsExactly(new Domain("store.test"));
        assertThat(clone.property("checks.wait-to-retire")).hasValue("5");
        assertThat(clone.release().orElseThrow().revision()).isEqualTo(revision);
        assertThat(desk.store().certificate(STORE)).isEmpty();
        assertThat(desk.scheduler().running(STORE)).hasSize(3);
        assertThat(desk.scheduler().running(SHOP)).hasSize(3);
        assertThat(desk.deployBranch("store")).isEqualTo(revision.sha());
    }

    private void deployedRevision(Revision revision) {
        desk.store()
                .update(
                        SHOP,
                        app -> app.withRelease(new Release(
                                1,
                                revision,
                                app.release().orElseThrow().build(),
                                Optional.empty(),
                                Optional.empty(),
                                Desk.NOW)));
    }

    @Test
    void aCloneNeedNotBeDeployedNorLocked() {
        desk.ok("apps:lock", "shop");
        assertThat(desk.ok("apps:clone", "--skip-deploy", "shop", "store")).isEqualTo("-----> Cloning shop to store\n");
        assertThat(desk.store().app(STORE).deployed()).isFalse();
        assertThat(desk.ok("apps:report", "store", "--app-locked")).isEqualTo("false\n");
    }

    @Test
    void aNameThatIsTakenOrCannotBeIsRefused() {
        desk.ok("apps:create", "store");
        for (String command : List.of("apps:clone", "apps:rename")) {
            assertThat(desk.run(command, "shop", "store"))
                    .isEqualTo(new Result(1, "", " !     Name is already taken\n"));
            assertThat(desk.run(command, "shop", "shop").exitCode()).isEqualTo(1);
            assertThat(desk.run(command, "nosuch", "fresh"))
                    .isEqualTo(new Result(20, "", " !     App nosuch does not exist\n"));
            assertThat(desk.run(command, "shop", "../up").err()).startsWith(" !     App name must begin");
            assertThat(desk.run(command, "shop", "fresh-").err())
                    .isEqualTo(" !     fresh-.test is not a valid domain name\n");
            assertThat(desk.run(command, "shop"))
                    .isEqualTo(new Result(1, "", " !     Please specify a new app name\n"));
            assertThat(desk.run(command))
                    .isEqualTo(new Result(1, "", " !     Please specify an app to run the command on\n"));
            assertThat(desk.run(command, "shop", "fresh", "more").exitCode()).isEqualTo(1);
        }
        assertThat(desk.run("apps:clone", "--ignore-existing", "shop", "store"))
                .isEqualTo(new Result(0, "", " !     Name is already taken\n"));
        assertThat(desk.store().apps()).containsExactly(SHOP, STORE);
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p01)\n");
    }

    @Test
    void aLockedAppTakesNoDeploysUntilItIsUnlocked() {
        assertThat(desk.run("apps:locked", "shop")).isEqualTo(new Result(1, "", " !     Deploy lock does not exist\n"));
        assertThat(desk.run("apps:unlock", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.ok("apps:lock", "shop")).isEqualTo("-----> Deploy lock created\n");
        assertThat(desk.ok("apps:locked", "shop")).isEqualTo("Deploy lock exists\n");
        assertThat(desk.ok("--quiet", "apps:locked", "shop")).isEmpty();
        assertThat(desk.ok("apps:report", "shop", "--app-locked")).isEqualTo("true\n");

        Revision revision = desk.committed("shop", Map.of("Procfile", "web: serve\n"));
        assertThat(desk.push("shop", revision)).isEqualTo(new Result(1, "", LOCKED));
        assertThat(desk.run("apps:rename", "shop", "store").err()).isEqualTo(" !     " + LOCKED + "\n");
        desk.ok("ps:restart", "shop");

        assertThat(desk.ok("apps:unlock", "shop")).isEqualTo("-----> Deploy lock removed\n");
        assertThat(desk.run("apps:locked", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.push("shop", revision).exitCode()).isZero();
        for (String command : List.of("apps:lock", "apps:locked", "apps:unlock")) {
            assertThat(desk.run(command, "nosuch").exitCode()).isEqualTo(20);
            assertThat(desk.run(command, "shop", "more").exitCode()).isEqualTo(1);
        }
    }
}
