package dev.slipway.store;

import dev.slipway.model.App;
import dev.slipway.model.AppName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The rows of one app, or of all, in the tables that have an {@code app} column; works within a transaction of somebody else's.
 *
 * @param only the app that is read; empty for all
 */
record Rows(Handle handle, Optional<AppName> only) {

    static Rows of(Handle handle, AppName app) {
        return new Rows(handle, Optional.of(app));
    }

    static Rows ofAll(Handle handle) {
        return new Rows(handle, Optional.empty());
    }

    /** Makes a value of a row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Makes an app of its row in the table {@code app}. */
    interface AppReading {
        App of(AppName name, ResultSet row) throws SQLException;
    }

    /** What each app has, and what those have that have nothing. */
    record Grouped<T>(Map<String, T> byApp, T none) {

        T of(AppName app) {
            return byApp.getOrDefault(app.value(), none);
        }
    }

    /** The rows of a table, of each app in the order of a column. */
    <T> Grouped<List<T>> grouped(String table, String order, Reading<T> reading) {
        Map<String, List<T>> lists = new HashMap<>();
        query("SELECT * FROM " + table + filter("app") + " ORDER BY app, " + order)
                .map((row, at) -> lists.computeIfAbsent(row.getString("app"), _ -> new ArrayList<>())
                        .add(reading.of(row)))
                .list();
        return new Grouped<>(lists, List.of());
    }

    /** Two columns of a table, of each app the second by the first. */
    Grouped<SortedMap<String, String>> pairs(String table, String columns) {
        Map<String, SortedMap<String, String>> maps = new HashMap<>();
        query("SELECT app, " + columns + " FROM " + table + filter("app"))
                .map((row, at) -> maps.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3)))
                .list();
        return new Grouped<>(maps, new TreeMap<>());
    }

    List<App> apps(AppReading reading) {
        return query("SELECT name, number, created_at, stopped FROM app" + filter("name") + " ORDER BY name")
                .map((row, at) -> reading.of(new AppName(row.getString("name")), row))
                .list();
    }

    private String filter(String column) {
        return only.isPresent() ? " WHERE " + column + " = :app" : "";
    }

    private Query query(String sql) {
        Query query = handle.createQuery(sql);
        return only.map(app -> query.bind("app", app.value())).orElse(query);
    }
}
