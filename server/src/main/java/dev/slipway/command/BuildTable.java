package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deploy.BuildHistory;
import dev.slipway.model.BuildRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How records of builds are shown: as Dokku shows them, without the process ids that are none of ours. */
record BuildTable(BuildHistory builds, Clock clock) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The builds of one app. */
    String ofOne(List<BuildRecord> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Build ID", "Kind", "Status", "Source", "Started", "Duration"));
        found.forEach(build -> rows.add(List.of(
                build.id(),
                build.kind().toString(),
                build.status().toString(),
                build.origin().toString(),
                time(build.startedAt()),
                duration(build))));
        return aligned(rows);
    }

    /** Builds of several apps, all of them running. */
    String ofAll(List<BuildRecord> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("App", "Build ID", "Kind", "Source", "Started"));
        found.forEach(build -> rows.add(List.of(
                build.app().value(),
                build.id(),
                build.kind().toString(),
                build.origin().toString(),
                time(build.startedAt()))));
        return aligned(rows);
    }

    /** All of one build. */
    String text(BuildRecord build) {
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("Build ID:", build.id()),
                List.of("App:", build.app().value()),
                List.of("Kind:", build.kind().toString()),
                List.of("Status:", build.status().toString()),
                List.of("Source:", build.origin().toString()),
                List.of("Revision:", build.revision().sha()),
                List.of("Started:", time(build.startedAt()))));
        build.finishedAt().ifPresent(at -> rows.add(List.of("Finished:", time(at))));
        rows.add(List.of("Duration:", duration(build)));
        build.exitCode().ifPresent(code -> rows.add(List.of("Exit Code:", String.valueOf(code))));
        rows.add(List.of("Log:", builds.log(build).toString()));
        return aligned(rows);
    }

    /** What a report says of the last build, by its labels; if there is none, too. */
    Map<String, String> described(Optional<BuildRecord> last) {
        return Map.of(
                "Build exit code",
                last.flatMap(BuildRecord::exitCode).map(String::valueOf).orElse(""),
                "Build finished at",
                last.flatMap(BuildRecord::finishedAt).map(BuildTable::time).orElse(""),
                "Build id",
                last.map(BuildRecord::id).orElse(""),
                "Build kind",
                last.map(build -> build.kind().toString()).orElse(""),
                "Build source",
                last.map(build -> build.origin().toString()).orElse(""),
                "Build started at",
                last.map(build -> time(build.startedAt())).orElse(""),
                "Build status",
                last.map(build -> build.status().toString()).orElse(""));
    }

    String json(List<BuildRecord> found) {
        ArrayNode list = JSON.createArrayNode();
        found.forEach(build -> list.add(node(build)));
        return written(list);
    }

    String json(BuildRecord build) {
        return written(node(build));
    }

    private ObjectNode node(BuildRecord build) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", build.id());
        node.put("app", build.app().value());
        node.put("kind", build.kind().toString());
        node.put("started_at", time(build.startedAt()));
        build.finishedAt().ifPresent(at -> node.put("finished_at", time(at)));
        node.put("status", build.status().toString());
        node.put("source", build.origin().toString());
        node.put("revision", build.revision().sha());
        build.exitCode().ifPresent(code -> node.put("exit_code", code));
        node.put("display_status", build.status().toString());
        node.put("duration", duration(build));
        node.put("log_path", builds.log(build).toString());
        return node;
    }

    private static String written(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** As Go writes it: {@code 5s}, {@code 1m5s}, {@code 1h0m5s}. */
    private String duration(BuildRecord build) {
        long seconds = Math.round(build.duration(clock.instant()).toMillis() / 1000.0);
        String text = seconds % 60 + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }

    /** Columns as wide as their widest word, two spaces apart. */
    private static String aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        rows.forEach(row -> {
            for (int at = 0; at < columns; at++) {
                widths.set(at, Math.max(widths.get(at), row.get(at).length()));
            }
        });
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < row.size(); at++) {
            line.append(row.get(at)).repeat(' ', widths.get(at) - row.get(at).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
