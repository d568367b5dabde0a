package dev.slipway.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.Formation;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.Revision;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Apps, from their rows to the snapshot and back; works within a transaction of somebody else's. */
final class AppRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> STRINGS = new TypeReference<>() {};

    private final Handle handle;

    AppRows(Handle handle) {
        this.handle = handle;
    }

    Optional<App> read(AppName name) {
        return read(Rows.of(handle, name)).stream().findFirst();
    }

    /** All of them, by their names: as many queries as for one. */
    List<App> all() {
        return read(Rows.ofAll(handle));
    }

    private List<App> read(Rows rows) {
        var configs = rows.pairs("config", "name, value");
        var formations = rows.pairs("formation", "type, count");
        var properties = rows.pairs("property", "name, value");
        var processes = rows.pairs("process", "name, id");
        var domains = rows.grouped("domain", "position", row -> new Domain(row.getString("name")));
        var ports = rows.grouped("port", "position", row -> PortMapping.parse(row.getString("mapping")));
        var routes = rows.grouped("route", "path", RouteRows::route);
        var releases = rows.grouped("release", "number", AppRows::release);
        return rows.apps((name, row) -> new App(
                name,
                row.getInt("number"),
                Instant.ofEpochSecond(row.getLong("created_at")),
                new Config(configs.of(name)),
                formation(formations.of(name)),
                domains.of(name),
                ports.of(name),
                routes.of(name),
                properties.of(name),
                releases.of(name).stream().findFirst(),
                processes(processes.of(name)),
                row.getBoolean("stopped")));
    }

    private static Formation formation(Map<String, String> rows) {
        TreeMap<ProcessType, Integer> counts = new TreeMap<>();
        rows.forEach((type, count) -> counts.put(new ProcessType(type), Integer.valueOf(count)));
        return new Formation(counts);
    }

    private static SortedMap<ProcessName, String> processes(Map<String, String> rows) {
        TreeMap<ProcessName, String> ids = new TreeMap<>();
        rows.forEach((process, id) -> ids.put(ProcessName.parse(process), id));
        return ids;
    }

    private static Release release(ResultSet row) throws SQLException {
        return new Release(
                row.getInt("number"),
                new Revision(row.getString("revision")),
                build(row),
                Optional.ofNullable(row.getString("template")),
                Optional.ofNullable(row.getString("app_json")),
                Instant.ofEpochSecond(row.getLong("created_at")));
    }

    private static Build build(ResultSet row) throws SQLException {
        LinkedHashMap<ProcessType, String> commands = new LinkedHashMap<>();
        strings(row.getString("procfile")).forEach((type, command) -> commands.put(new ProcessType(type), command));
        return new Build(
                row.getString("build_key"),
                Path.of(row.getString("tree")),
                new Procfile(commands),
                strings(row.getString("environment")));
    }

    /** Writes what differs from the snapshot before. */
    void write(App before, App after) {
        if (before.stopped() != after.stopped()) {
            handle.execute(
                    "UPDATE app SET stopped = ? WHERE name = ?",
                    after.stopped(),
                    after.name().value());
        }
        if (!before.config().equals(after.config())) {
            replace("config", after, after.config().values());
        }
        if (!before.formation().equals(after.formation())) {
            replace("formation", after, after.formation().counts());
        }
        if (!before.domains().equals(after.domains())) {
            replace("domain", after, numbered(after.domains()));
        }
        if (!before.ports().equals(after.ports())) {
            replace("port", after, numbered(after.ports()));
        }
        if (!before.routes().equals(after.routes())) {
            new RouteRows(handle).replace(after.name(), after.routes());
        }
        if (!before.properties().equals(after.properties())) {
            replace("property", after, after.properties());
        }
        if (!before.processes().equals(after.processes())) {
            replace("process", after, after.processes());
        }
        if (!before.release().equals(after.release())) {
            after.release().ifPresent(release -> write(after.name(), release));
        }
    }

    private static Map<Integer, Object> numbered(List<?> values) {
        Map<Integer, Object> numbered = new LinkedHashMap<>();
        values.forEach(value -> numbered.put(numbered.size(), value));
        return numbered;
    }

    /** Makes a table's rows of one app those given: its key column and its value column follow the app's name. */
    private void replace(String table, App app, Map<?, ?> rows) {
        handle.execute("DELETE FROM " + table + " WHERE app = ?", app.name().value());
        rows.forEach((key, value) -> handle.execute(
                "INSERT INTO " + table + " VALUES (?, ?, ?)", app.name().value(), plain(key), plain(value)));
    }

    private static Object plain(Object value) {
        return value instanceof Integer number ? number : value.toString();
    }

    private void write(AppName app, Release release) {
        LinkedHashMap<String, String> commands = new LinkedHashMap<>();
        release.procfile().commands().forEach((type, command) -> commands.put(type.value(), command));
        handle.execute(
                "INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                app.value(),
                release.number(),
                release.revision().sha(),
                release.createdAt().getEpochSecond(),
                release.build().key(),
                release.build().tree().toString(),
                json(commands),
                json(release.build().environment()),
                release.template().orElse(null),
                release.appJson().orElse(null));
    }

    private static Map<String, String> strings(String json) {
        try {
            return JSON.readValue(json, STRINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds unreadable JSON", e);
        }
    }

    private static String json(Map<String, String> strings) {
        try {
            return JSON.writeValueAsString(strings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
