package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.Draining;
import dev.slipway.model.IdleTime;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.Revision;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import dev.slipway.model.UserException;
import dev.slipway.store.Store.SshKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {

    private static final AppName SHOP = new AppName("shop");
    private static final ProcessType WS = new ProcessType("ws");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("slipway.db"), CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsWrittenIsReadAgainAfterAStart() {
        App written = everything(store.create(SHOP));
        store.update(SHOP, app -> written);
        store.close();
        open();
        assertThat(store.app(SHOP)).isEqualTo(written);
    }

    private static App everything(App app) {
        Build build = new Build(
                "key",
                Path.of("/builds/key"),
                Procfile.parse("Procfile", "web: a\nws: b\n"),
                Map.of("JAVA_HOME", "/jdk"));
        Release release = new Release(
                7, new Revision("a".repeat(40)), build, Optional.of("server {}"), Optional.empty(), CLOCK.instant());
        return app.withConfig(app.config().with(Map.of("TOKEN", "line one\nline two", "EMPTY", "")))
                .withFormation(app.formation().with(WS, 2))
                .withDomains(List.of(new Domain("b.example"), new Domain("a.example")))
                .withPorts(List.of(PortMapping.parse("http:80:5000")))
                .withRoutes(List.of(
                        Route.to(WS, new RoutePath("/echo")),
                        new Route(
                                WS,
                                new RoutePath("/chat"),
                                6000,
                                true,
                                new IdleTime(90),
                                Optional.of(new Sticky.Cookie("SID")),
                                100)))
                .withProperty("nginx.proxy-read-timeout", Optional.of("1h"))
                .withRelease(release)
                .withProcesses(Map.of(new ProcessName(WS, 1), "shop.ws.1.x"))
                .withStopped(true);
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        App before = store.create(SHOP);
        assertThatThrownBy(() -> store.update(SHOP, app -> {
                    throw UserException.invalid("no");
                }))
                .hasMessage("no");
        assertThat(store.app(SHOP)).isEqualTo(before);
    }

    @Test
    void aProcessIdOfAnotherAppIsRefusedWhole() {
        store.create(SHOP);
        AppName other = new AppName("other");
        store.create(other);
        Map<ProcessName, String> same = Map.of(new ProcessName(WS, 1), "same");
        store.update(SHOP, app -> app.withProcesses(same));
        assertThatThrownBy(
                        () -> store.update(other, app -> app.withStopped(true).withProcesses(same)))
                .isNotNull();
        assertThat(store.app(other).stopped()).isFalse();
    }

    @Test
    void aNumberIsNeverUsedAgain() {
        int first = store.create(SHOP).number();
        store.remove(SHOP);
        assertThat(store.create(SHOP).number()).isGreaterThan(first);
    }

    @Test
    void aTakenNameIsRefusedAndAnUnknownOneNamed() {
        store.create(SHOP);
        assertThatThrownBy(() -> store.create(SHOP)).hasMessage("Name is already taken");
        assertThatThrownBy(() -> store.app(new AppName("nosuch")))
                .hasMessage("App nosuch does not exist")
                .satisfies(failure ->
                        assertThat(((UserException) failure).exitCode()).isEqualTo(20));
    }

    @Test
    void allAppsAreThoseOfThisMomentWhoeverWrote() throws Exception {
        assertThat(store.all()).isEmpty();
        App created = store.create(SHOP);
        assertThat(store.all()).containsExactly(created);
        assertThat(store.all()).isSameAs(store.all());

        App changed = store.update(SHOP, StoreTest::everything);
        assertThat(store.all()).containsExactly(changed);
        assertThatThrownBy(() -> store.update(SHOP, app -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(store.all()).containsExactly(changed);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("slipway.db"));
                var sql = other.createStatement()) {
            sql.execute("UPDATE app SET stopped = 1 - stopped");
        }
        assertThat(store.all()).containsExactly(store.app(SHOP)).isNotEqualTo(List.of(changed));

        store.remove(SHOP);
        assertThat(store.all()).isEmpty();
    }

    @Test
    void whatWasReadIsReadAgainOnceAnythingWasWritten() {
        App shop = store.create(SHOP);
        CertificatePem pem = new CertificatePem("chain", "key");
        assertThat(store.find(SHOP)).contains(shop);
        assertThat(store.certificate(SHOP)).isEmpty();
        assertThat(store.globalProperties()).isEmpty();
        store.all();
        assertThat(store.app(SHOP)).isSameAs(store.all().getFirst());

        store.setCertificate(SHOP, pem);
        store.setGlobalProperty("checks.wait", Optional.of("1"));
        App stopped = store.update(SHOP, app -> app.withStopped(true));

        assertThat(store.find(SHOP)).contains(stopped);
        assertThat(store.certificate(SHOP)).contains(pem);
        assertThat(store.globalProperties()).isEqualTo(Map.of("checks.wait", "1"));
        store.remove(SHOP);
        assertThat(store.find(SHOP)).isEmpty();
        assertThat(store.certificate(SHOP)).isEmpty();
    }

    @Test
    void whoAsksForNamesAtRandomDoesNotFillTheMemory() {
        store.create(SHOP);
        List<App> all = store.all();
        for (int i = 0; i < 10_000; i++) {
            assertThat(store.builds(new AppName("x" + i))).isEmpty();
        }
        assertThat(store.all()).isEqualTo(all).isNotSameAs(all);
    }

    @Test
    void readingAtOnceSeesWhatItSawBefore() {
        App shop = store.create(SHOP);

        store.atOnce(() -> {
            assertThat(store.all()).containsExactly(shop);
            Thread other = Thread.ofVirtual().start(() -> store.update(SHOP, app -> app.withStopped(true)));
            assertThatCode(other::join).doesNotThrowAnyException();
            assertThat(store.app(SHOP)).isEqualTo(shop);
        });

        assertThat(store.app(SHOP).stopped()).isTrue();
    }

    @Test
    void drainingProcessesAreMarkedWithTheChangeThatReplacesThem() {
        store.create(SHOP);
        Instant now = CLOCK.instant();
        Draining until = new Draining(now, now.plusSeconds(60), now.plusMillis(600_001));
        store.update(SHOP, app -> app.withStopped(true), Map.of("shop.web.1.old", until));
        assertThat(store.draining()).isEqualTo(Map.of("shop.web.1.old", until));

        Draining sooner = new Draining(now, now.plusSeconds(60), now);
        store.drain(Map.of("shop.web.1.old", sooner, "shop.web.1.gone", sooner));
        assertThat(store.draining()).isEqualTo(Map.of("shop.web.1.old", sooner));

        store.retired("shop.web.1.old");
        assertThat(store.draining()).isEmpty();
    }

    @Test
    void whatTheFirstSchemaKeptIsTakenOver() throws Exception {
        store.close();
        Files.delete(directory.resolve("slipway.db"));
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("slipway.db"));
                java.sql.Statement sql = old.createStatement();
                java.io.InputStream first = Store.class.getResourceAsStream("001.sql")) {
            String schema = new String(first.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            for (String statement : schema.split(";")) {
                if (!statement.isBlank()) {
                    sql.execute(statement);
                }
            }
            sql.execute("INSERT INTO retiring VALUES ('shop.web.1.old', 1800000000)");
            sql.execute("PRAGMA user_version = 1");
        }
        open();
        assertThat(store.draining()).isEqualTo(Map.of("shop.web.1.old", Draining.at(CLOCK.instant())));
    }

    @Test
    void anAppTakesAllThatIsItsWithIt() {
        store.create(SHOP);
        store.update(SHOP, StoreTest::everything);
        store.setCertificate(SHOP, new CertificatePem("chain", "key"));
        store.remove(SHOP);
        assertThat(store.create(SHOP).config().values()).isEmpty();
        assertThat(store.certificate(SHOP)).isEmpty();
    }

    @Test
    void aKeyIsLetInOnce() {
        store.addSshKey(new SshKey("me", "SHA256:x", "ssh-ed25519 AAAA me"));
        assertThatThrownBy(() -> store.addSshKey(new SshKey("me", "SHA256:y", "l")))
                .hasMessageContaining("Duplicate SSH Key name");
        assertThatThrownBy(() -> store.addSshKey(new SshKey("you", "SHA256:x", "l")))
                .hasMessageContaining("Duplicate SSH Public Key")
                .hasMessageContaining("me");
        assertThat(store.removeSshKey("me")).isTrue();
        assertThat(store.removeSshKey("me")).isFalse();
    }

    @Test
    void factsOfTheMachineAreChosenOnce() {
        assertThat(store.machine("first-user", () -> "1")).isEqualTo("1");
        assertThat(store.machine("first-user", () -> "2")).isEqualTo("1");
    }

    @Test
    void nobodyElseReadsTheFile() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("slipway.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        Path newer = directory.resolve("newer.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 999");
        }
        assertThatThrownBy(() -> Store.open(newer, CLOCK)).hasMessageContaining("newer Slipway (schema 999");
    }
}
