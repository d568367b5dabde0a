package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.console.Console;
import dev.slipway.proxy.Explanation;
import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.Explanation.Filed;
import dev.slipway.proxy.Explanation.Passed;
import dev.slipway.proxy.Explanation.Step;
import dev.slipway.proxy.Explanation.Unknown;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code proxy:explain}: from a URL to the processes that would serve it, and why those. */
final class ExplainCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Proxy proxy;
    private final Scheduler scheduler;

    ExplainCommand(Proxy proxy, Scheduler scheduler) {
        this.proxy = proxy;
        this.scheduler = scheduler;
    }

    Verb verb() {
        return Verb.of(
                "proxy:explain",
                "<url> [" + Flags.FORMAT + " <format>]",
                "Say what would serve a URL, and why",
                this::run);
    }

    private void run(Call call) {
        Explanation explanation = proxy.explain(call.arguments().one("url"));
        if (call.wantsJson()) {
            call.console().line(json(explanation));
            return;
        }
        call.title(explanation.url());
        for (Step step : explanation.steps()) {
            String where = step.where().isEmpty() ? "" : "  [" + step.where() + "]";
            call.console().detail("%-10s  %s: %s%s".formatted(step.name(), step.what(), step.why(), where));
        }
        end(explanation, call.console());
    }

    private void end(Explanation explanation, Console console) {
        switch (explanation.outcome()) {
            case Passed passed
            when passed.servers().isEmpty() ->
                console.step("502 Bad Gateway: no process runs behind " + passed.upstream());
            case Passed passed -> passed.servers().forEach(server -> console.step(line(server)));
            case Answered answered ->
                console.step(("nginx answers " + answered.status() + " " + answered.text()).strip());
            case Filed filed ->
                console.step("nginx answers with a file of its own"
                        + (filed.directory().isEmpty() ? "" : ": " + filed.directory()));
            case Closed closed -> console.step("no answer: " + closed.how());
            case Unknown unknown -> console.step("it cannot be said: " + unknown.why());
        }
    }

    private String line(String server) {
        return process(server)
                .map(process -> "%s %s %s".formatted(process.name(), server, state(process)))
                .orElse(server + " no process of an app");
    }

    private Optional<Running> process(String server) {
        String address = server.replaceFirst(":[0-9]+$", "");
        return scheduler.running().stream()
                .filter(process -> process.address().equals(address))
                .findFirst();
    }

    private static String state(Running process) {
        return process.state().name().toLowerCase(Locale.ROOT);
    }

    private String json(Explanation explanation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", explanation.url());
        fields.put(
                "steps",
                explanation.steps().stream().map(ExplainCommand::fields).toList());
        put(fields, explanation.outcome());
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(Map<String, Object> fields, Explanation.Outcome outcome) {
        switch (outcome) {
            case Passed passed -> {
                fields.put("outcome", passed.servers().isEmpty() ? "unavailable" : "passed");
                fields.put("upstream", passed.upstream());
                fields.put("uri", passed.uri());
                fields.put("processes", processes(passed.servers()));
            }
            case Answered answered -> {
                fields.put("outcome", "answered");
                fields.put("status", answered.status());
                fields.put("text", answered.text());
            }
            case Filed filed -> {
                fields.put("outcome", "file");
                fields.put("text", filed.directory());
            }
            case Closed closed -> {
                fields.put("outcome", "closed");
                fields.put("text", closed.how());
            }
            case Unknown unknown -> {
                fields.put("outcome", "unknown");
                fields.put("text", unknown.why());
            }
        }
    }

    private static Map<String, Object> fields(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.name());
        fields.put("what", step.what());
        fields.put("why", step.why());
        fields.put("where", step.where());
        return fields;
    }

    private List<Map<String, Object>> processes(List<String> servers) {
        List<Map<String, Object>> processes = new ArrayList<>();
        for (String server : servers) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("listener", server);
            process(server).ifPresent(process -> {
                fields.put("app", process.app().value());
                fields.put("process", process.name().toString());
                fields.put("state", state(process));
            });
            processes.add(fields);
        }
        return processes;
    }
}
