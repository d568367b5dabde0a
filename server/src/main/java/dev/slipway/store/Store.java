package dev.slipway.store;

import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Config;
import dev.slipway.model.Draining;
import dev.slipway.model.UserException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is settled of this machine and its apps. Each public method is one transaction; snapshots come out, changes go in. */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Database database;
    private final Clock clock;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    private Store(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Opens the database file, makes it if it is not there (mode 0600), and brings its schema up to date. */
    public static Store open(Path file, Clock clock) {
        return new Store(Database.open(file), clock);
    }

    /** Tells of every change of an app from now on. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    private App told(Changed changed) {
        tell(watcher -> watcher.app(Optional.of(changed.before()), Optional.of(changed.after())));
        return changed.after();
    }

    private void tell(Consumer<Watcher> telling) {
        for (Watcher watcher : watchers) {
            try {
                telling.accept(watcher);
            } catch (RuntimeException e) {
                LOG.error("a watcher of the store failed", e);
            }
        }
    }

    /** One app, before and after a change of it. */
    private record Changed(App before, App after) {}

    public List<AppName> apps() {
        return database.call(handle -> handle.createQuery("SELECT name FROM app ORDER BY name")
                .mapTo(String.class)
                .map(AppName::new)
                .list());
    }

    /** All of them as they are at one moment, by their names. */
    public List<App> all() {
        All all = database.read(All.class, handle -> All.of(new AppRows(handle).all()));
        return all.apps();
    }

    private record All(List<App> apps, Map<AppName, App> byName) {

        static All of(List<App> apps) {
            return new All(List.copyOf(apps), apps.stream().collect(Collectors.toMap(App::name, app -> app)));
        }
    }

    /** Runs work that reads about many apps and writes nothing; what was read for it before is not read again. */
    public void atOnce(Runnable work) {
        database.atOnce(work);
    }

    public Optional<App> find(AppName name) {
        return database.<All>known(All.class)
                .map(all -> Optional.ofNullable(all.byName().get(name)))
                .orElseGet(() -> database.read(List.of("app", name), handle -> new AppRows(handle).read(name)));
    }

    /** @throws UserException if there is none of that name */
    public App app(AppName name) {
        return find(name).orElseThrow(() -> UserException.noSuchApp(name.value()));
    }

    /** @throws UserException if the name is taken */
    public App create(AppName name) {
        App created = database.call(handle -> {
            AppRows rows = new AppRows(handle);
            if (rows.read(name).isPresent()) {
                throw nameTaken();
            }
            int number = Integer.parseInt(machineValue(handle, "next-app-number", () -> "1"));
            put(handle, "machine", "next-app-number", String.valueOf(number + 1));
            Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
            handle.execute(
                    "INSERT INTO app (name, number, created_at) VALUES (?, ?, ?)",
                    name.value(),
                    number,
                    now.getEpochSecond());
            return App.created(name, number, now);
        });
        tell(watcher -> watcher.app(Optional.empty(), Optional.of(created)));
        return created;
    }

    /**
     * Changes one app.
     *
     * @return the snapshot after the change
     * @throws UserException if there is no such app
     */
    public App update(AppName name, UnaryOperator<App> change) {
        return update(name, change, Map.of());
    }

    public void remove(AppName name) {
        Optional<App> gone = find(name);
        database.call(handle -> handle.execute("DELETE FROM app WHERE name = ?", name.value()));
        gone.ifPresent(app -> tell(watcher -> watcher.app(gone, Optional.empty())));
    }

    /** A fact of this machine that is chosen once, when it is first asked for. */
    public String machine(String name, Supplier<String> choose) {
        return database.call(handle -> machineValue(handle, name, choose));
    }

    private static String machineValue(Handle handle, String name, Supplier<String> choose) {
        return handle.createQuery("SELECT value FROM machine WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .orElseGet(() -> {
                    String chosen = choose.get();
                    put(handle, "machine", name, chosen);
                    return chosen;
                });
    }

    private static void put(Handle handle, String table, String name, String value) {
        handle.execute("INSERT OR REPLACE INTO " + table + " VALUES (?, ?)", name, value);
    }

    /** Properties that hold for every app that does not set its own. */
    public SortedMap<String, String> globalProperties() {
        return database.read("global properties", handle -> {
            TreeMap<String, String> properties = new TreeMap<>();
            handle.createQuery("SELECT name, value FROM global_property")
                    .map((row, at) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(property -> properties.put(property.getKey(), property.getValue()));
            return Collections.unmodifiableSortedMap(properties);
        });
    }

    /** @param value empty to go back to the default */
    public void setGlobalProperty(String name, Optional<String> value) {
        database.call(handle -> {
            value.ifPresentOrElse(
                    set -> put(handle, "global_property", name, set),
                    () -> handle.execute("DELETE FROM global_property WHERE name = ?", name));
            return true;
        });
    }

    /** The variables that every app's processes are given below the app's own. */
    public Config globalConfig() {
        return database.call(Store::globalConfig);
    }

    private static Config globalConfig(Handle handle) {
        TreeMap<String, String> variables = new TreeMap<>();
        handle.createQuery("SELECT name, value FROM global_config")
                .map((row, at) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
        return new Config(variables);
    }

    /** Changes the variables of all apps in one transaction; what runs is left alone. */
    public void updateGlobalConfig(UnaryOperator<Config> change) {
        database.call(handle -> {
            Config after = change.apply(globalConfig(handle));
            handle.execute("DELETE FROM global_config");
            after.values().forEach((name, value) -> put(handle, "global_config", name, value));
            return after;
        });
    }

    /** Processes that have been replaced and are to go, by their ids. */
    public Map<String, Draining> draining() {
        return database.read("draining", handle -> {
            TreeMap<String, Draining> draining = new TreeMap<>();
            handle.createQuery("SELECT id, since, late, deadline FROM draining")
                    .map((row, at) -> Map.entry(
                            row.getString(1),
                            new Draining(
                                    Instant.ofEpochMilli(row.getLong(2)),
                                    Instant.ofEpochMilli(row.getLong(3)),
                                    Instant.ofEpochMilli(row.getLong(4)))))
                    .forEach(entry -> draining.put(entry.getKey(), entry.getValue()));
            return Collections.unmodifiableMap(draining);
        });
    }

    /** Changes one app and marks processes that it does without from now on as draining, in one transaction. */
    public App update(AppName name, UnaryOperator<App> change, Map<String, Draining> drain) {
        return told(database.call(handle -> {
            AppRows rows = new AppRows(handle);
            App before = rows.read(name).orElseThrow(() -> UserException.noSuchApp(name.value()));
            App after = change.apply(before);
            rows.write(before, after);
            drain.forEach((id, until) -> put(handle, id, until));
            return new Changed(before, after);
        }));
    }

    /**
     * Gives an app another name with all that is kept of it, changes it, and marks processes that it does without as draining, in one
     * transaction.
     *
     * @throws UserException if there is no such app, or the new name is taken
     */
    public App rename(AppName from, AppName to, UnaryOperator<App> change, Map<String, Draining> drain) {
        return told(database.call(handle -> {
            AppRows rows = new AppRows(handle);
            if (rows.read(to).isPresent()) {
                throw nameTaken();
            }
            if (handle.execute("UPDATE app SET name = ? WHERE name = ?", to.value(), from.value()) == 0) {
                throw UserException.noSuchApp(from.value());
            }
            App before = rows.read(to).orElseThrow();
            App after = change.apply(before);
            rows.write(before, after);
            drain.forEach((id, until) -> put(handle, id, until));
            return new Changed(before.withName(from), after);
        }));
    }

    /** The error for a name that another app has, in Dokku's words. */
    public static UserException nameTaken() {
        return UserException.invalid("Name is already taken");
    }

    /** Changes when draining processes have to go; those that are gone stay forgotten. */
    public void drain(Map<String, Draining> changed) {
        database.call(handle -> {
            changed.forEach((id, until) -> handle.execute(
                    "UPDATE draining SET deadline = ? WHERE id = ?",
                    until.deadline().toEpochMilli(),
                    id));
            return true;
        });
    }

    private static void put(Handle handle, String id, Draining until) {
        handle.execute(
                "INSERT OR REPLACE INTO draining VALUES (?, ?, ?, ?)",
                id,
                until.since().toEpochMilli(),
                until.late().toEpochMilli(),
                until.deadline().toEpochMilli());
    }

    public void retired(String id) {
        database.call(handle -> handle.execute("DELETE FROM draining WHERE id = ?", id));
    }

    /** Puts a build on record that has just begun. */
    public void begin(BuildRecord build) {
        database.call(handle -> {
            new BuildRows(handle).add(build);
            return true;
        });
    }

    /** Says how a build that is on record ended; one whose app is gone is not there any more. */
    public void finish(String build, BuildRecord.Status status, int exitCode) {
        database.call(handle -> {
            new BuildRows(handle).finish(build, status, exitCode, clock.instant());
            return true;
        });
    }

    /** What is on record of an app's builds, newest first. */
    public List<BuildRecord> builds(AppName app) {
        return database.read(List.of("builds", app), handle -> List.copyOf(new BuildRows(handle).of(app)));
    }

    /** The builds of all apps that have not ended, newest first. */
    public List<BuildRecord> runningBuilds() {
        return database.call(handle -> new BuildRows(handle).running());
    }

    public void removeBuild(String id) {
        database.call(handle -> {
            new BuildRows(handle).remove(id);
            return true;
        });
    }

    public Optional<CertificatePem> certificate(AppName app) {
        return database.read(
                List.of("certificate", app),
                handle -> handle.createQuery("SELECT chain, key FROM certificate WHERE app = :app")
                        .bind("app", app.value())
                        .map((row, at) -> new CertificatePem(row.getString(1), row.getString(2)))
                        .findOne());
    }

    public void setCertificate(AppName app, CertificatePem pem) {
        database.call(handle -> handle.execute(
                "INSERT OR REPLACE INTO certificate VALUES (?, ?, ?)", app.value(), pem.chain(), pem.key()));
        tell(watcher -> watcher.certificate(app, true));
    }

    public void removeCertificate(AppName app) {
        if (database.call(handle -> handle.execute("DELETE FROM certificate WHERE app = ?", app.value())) > 0) {
            tell(watcher -> watcher.certificate(app, false));
        }
    }

    public List<SshKey> sshKeys() {
        return database.call(handle -> handle.createQuery("SELECT name, fingerprint, line FROM ssh_key ORDER BY name")
                .map((row, at) -> new SshKey(row.getString(1), row.getString(2), row.getString(3)))
                .list());
    }

    /** @throws UserException if the name or the key is there already */
    public void addSshKey(SshKey key) {
        database.call(handle -> {
            handle.createQuery("SELECT name FROM ssh_key WHERE name = :name OR fingerprint = :fingerprint")
                    .bind("name", key.name())
                    .bind("fingerprint", key.fingerprint())
                    .mapTo(String.class)
                    .findFirst()
                    .ifPresent(taken -> {
                        throw UserException.invalid(
                                taken.equals(key.name())
                                        ? "Duplicate SSH Key name: " + taken
                                        : "Duplicate SSH Public Key: it is there as " + taken);
                    });
            return handle.execute("INSERT INTO ssh_key VALUES (?, ?, ?)", key.name(), key.fingerprint(), key.line());
        });
    }

    /** @return whether there was such a key */
    public boolean removeSshKey(String name) {
        return database.call(handle -> handle.execute("DELETE FROM ssh_key WHERE name = ?", name)) > 0;
    }

    @Override
    public void close() {
        database.close();
    }

    /** A public key that may push and run commands; the line is in OpenSSH's format. */
    public record SshKey(String name, String fingerprint, String line) {}
}
