package dev.slipway.store;

import dev.slipway.model.AppName;
import dev.slipway.model.IdleTime;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The routes of one app as rows; works within a transaction of somebody else's. */
final class RouteRows {

    private final Handle handle;

    RouteRows(Handle handle) {
        this.handle = handle;
    }

    static Route route(ResultSet row) throws SQLException {
        return new Route(
                new ProcessType(row.getString("process")),
                new RoutePath(row.getString("path")),
                row.getInt("port"),
                row.getBoolean("strip"),
                new IdleTime(row.getLong("idle_seconds")),
                Optional.ofNullable(row.getString("sticky")).map(Sticky::parse),
                row.getInt("max_connections"));
    }

    void replace(AppName app, List<Route> routes) {
        handle.execute("DELETE FROM route WHERE app = ?", app.value());
        routes.forEach(route -> handle.execute(
                "INSERT INTO route VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                app.value(),
                route.path().value(),
                route.process().value(),
                route.port(),
                route.strip(),
                route.idle().seconds(),
                route.sticky().map(Sticky::toString).orElse(null),
                route.maxConnections()));
    }
}
