package dev.slipway.store;

import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The records of builds; works within a transaction of somebody else's. */
record BuildRows(Handle handle) {

    private static final String COLUMNS =
            "SELECT id, app, origin, revision, started_at, finished_at, status, exit_code FROM build ";

    void add(BuildRecord build) {
        handle.execute(
                "INSERT INTO build (id, app, origin, revision, started_at, status) VALUES (?, ?, ?, ?, ?, ?)",
                build.id(),
                build.app().value(),
                build.origin().toString(),
                build.revision().sha(),
                build.startedAt().toEpochMilli(),
                build.status().toString());
    }

    void finish(String id, BuildRecord.Status status, int exitCode, Instant at) {
        handle.execute(
                "UPDATE build SET status = ?, exit_code = ?, finished_at = ? WHERE id = ?",
                status.toString(),
                exitCode,
                at.toEpochMilli(),
                id);
    }

    /** Newest first. */
    List<BuildRecord> of(AppName app) {
        return handle.createQuery(COLUMNS + "WHERE app = :app ORDER BY number DESC")
                .bind("app", app.value())
                .map((row, at) -> read(row))
                .list();
    }

    List<BuildRecord> running() {
        return handle.createQuery(COLUMNS + "WHERE status = 'running' ORDER BY number DESC")
                .map((row, at) -> read(row))
                .list();
    }

    void remove(String id) {
        handle.execute("DELETE FROM build WHERE id = ?", id);
    }

    private static BuildRecord read(ResultSet row) throws SQLException {
        long finished = row.getLong("finished_at");
        Optional<Instant> finishedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished));
        int code = row.getInt("exit_code");
        Optional<Integer> exitCode = row.wasNull() ? Optional.empty() : Optional.of(code);
        return new BuildRecord(
                row.getString("id"),
                new AppName(row.getString("app")),
                BuildRecord.Origin.of(row.getString("origin")),
                new Revision(row.getString("revision")),
                Instant.ofEpochMilli(row.getLong("started_at")),
                finishedAt,
                BuildRecord.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                exitCode);
    }
}
