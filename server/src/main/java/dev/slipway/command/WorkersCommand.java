package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.console.Console;
import dev.slipway.proxy.Generation;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Worker;
import dev.slipway.proxy.Workers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code nginx:workers}: the processes of nginx, and what a reload has left behind of those before it. */
final class WorkersCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Proxy proxy;

    WorkersCommand(Proxy proxy) {
        this.proxy = proxy;
    }

    Verb verb() {
        return Verb.of(
                "nginx:workers",
                "[" + Flags.FORMAT + " <format>]",
                "List the generations of nginx's workers with their age, sockets and memory",
                this::run);
    }

    private void run(Call call) {
        Workers workers = proxy.workers();
        if (call.wantsJson()) {
            call.console().line(json(workers));
        } else {
            call.title("nginx workers");
            Console console = call.console();
            console.detail(row("generation", "state", "pid", "age", "draining", "clients", "upstreams", "memory"));
            workers.generations().forEach(generation -> table(console, generation));
        }
        workers.warning().ifPresent(call.console()::warn);
    }

    private static void table(Console console, Generation generation) {
        String number = String.valueOf(generation.number());
        String draining = generation.draining().map(WorkersCommand::span).orElse("-");
        for (Worker worker : generation.workers()) {
            console.detail(row(
                    number,
                    state(generation),
                    String.valueOf(worker.pid()),
                    span(worker.age()),
                    draining,
                    String.valueOf(worker.clients()),
                    String.valueOf(worker.upstreams()),
                    Workers.mebibytes(worker.memory())));
        }
        console.detail(row(
                number,
                state(generation),
                "total " + generation.workers().size(),
                span(generation.age()),
                draining,
                String.valueOf(generation.clients()),
                String.valueOf(generation.upstreams()),
                Workers.mebibytes(generation.memory())));
    }

    private static String row(Object... cells) {
        return "%-11s %-9s %-9s %9s %9s %9s %10s %12s".formatted(cells);
    }

    private static String state(Generation generation) {
        return generation.serves() ? "serving" : "draining";
    }

    /** Its two largest units: {@code 3d4h}, {@code 2h5m}, {@code 7m1s}, {@code 12s}. */
    static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + "d" + span.toHoursPart() + "h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + "h" + span.toMinutesPart() + "m";
        }
        return (span.toMinutes() > 0 ? span.toMinutes() + "m" : "") + span.toSecondsPart() + "s";
    }

    private static String json(Workers workers) {
        List<Map<String, Object>> generations =
                workers.generations().stream().map(WorkersCommand::fields).toList();
        try {
            return JSON.writeValueAsString(generations);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(Generation generation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("generation", generation.number());
        fields.put("state", state(generation));
        fields.put("age_seconds", generation.age().toSeconds());
        generation.draining().ifPresent(span -> fields.put("draining_seconds", span.toSeconds()));
        fields.put("client_sockets", generation.clients());
        fields.put("upstream_sockets", generation.upstreams());
        fields.put("memory_bytes", generation.memory());
        fields.put(
                "workers",
                generation.workers().stream().map(WorkersCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Worker worker) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", worker.pid());
        fields.put("age_seconds", worker.age().toSeconds());
        fields.put("client_sockets", worker.clients());
        fields.put("upstream_sockets", worker.upstreams());
        fields.put("memory_bytes", worker.memory());
        return fields;
    }
}
