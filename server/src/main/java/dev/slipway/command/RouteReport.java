package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.RouteChanges.Served;
import dev.slipway.model.App;
import dev.slipway.model.Route;
import dev.slipway.model.Sticky;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code proxy:route:report} says of one app: each route, what it leads to, and how many sockets are open there. */
record RouteReport(App app, List<Served> routes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Report text() {
        Report report = new Report(app.name() + " proxy route information");
        for (Served served : routes) {
            report.with("Route " + served.route().path(), settings(served));
            report.with("Sockets " + served.route().path(), sockets(served));
        }
        return report;
    }

    private static String settings(Served served) {
        Route route = served.route();
        List<String> words = new ArrayList<>(List.of(route.target()));
        if (route.strip()) {
            words.add("strip");
        }
        words.add("idle-timeout " + route.idle());
        route.sticky().ifPresent(sticky -> words.add("sticky " + sticky));
        if (route.maxConnections() > 0) {
            words.add("max-connections " + route.maxConnections());
        }
        if (served.declared()) {
            words.add("from app.json");
        }
        return String.join(", ", words);
    }

    /** The kernel counts by port: routes that share one cannot be told apart. */
    private static String sockets(Served served) {
        String each = served.sockets().entrySet().stream()
                .map(process -> process.getKey() + ": " + process.getValue())
                .collect(Collectors.joining(", "));
        String total = each.isEmpty() ? "none runs" : served.total() + " (" + each + ")";
        return served.sharedWith().isEmpty()
                ? total
                : total + ", together with "
                        + served.sharedWith().stream().map(path -> path.value()).collect(Collectors.joining(", "));
    }

    /** One list of the routes of all the reports. */
    static String json(List<RouteReport> reports) {
        List<Map<String, Object>> rows = new ArrayList<>();
        reports.forEach(report -> report.routes.forEach(served -> rows.add(report.row(served))));
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> row(Served served) {
        Route route = served.route();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("app", app.name().value());
        row.put("path", route.path().value());
        row.put("process", route.process().value());
        row.put("port", route.port());
        row.put("strip", route.strip());
        row.put("idle_timeout", route.idle().toString());
        row.put("sticky", route.sticky().map(Sticky::toString).orElse(""));
        row.put("max_connections", route.maxConnections());
        row.put("source", served.declared() ? "app.json" : "command");
        Map<String, Integer> sockets = new LinkedHashMap<>();
        served.sockets().forEach((process, count) -> sockets.put(process.toString(), count));
        row.put("sockets", sockets);
        row.put(
                "sockets_shared_with",
                served.sharedWith().stream().map(path -> path.value()).toList());
        return row;
    }
}
