package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.SiteChanges;
import dev.slipway.model.App;
import dev.slipway.model.PortMapping;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code ports}: which ports of the machine lead to an app, and how they speak. */
final class PortsCommands implements Noun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAPPING = "mapping";

    /** A whole mapping, or what {@code ports:remove} takes for each that begins so: {@code 80} and {@code http:80}. */
    private static final Pattern FORM = Pattern.compile("(?:([a-z]{1,10}):)?([0-9]{1,9})(?::([0-9]{1,9}))?");

    private final SiteChanges sites;

    PortsCommands(SiteChanges sites) {
        this.sites = sites;
    }

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public String summary() {
        return "Manage ports for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("ports:add", "<app> <mapping>...", "Add mappings such as http:8080:5000 to an app", this::add),
                Verb.of("ports:clear", "<app>", "Remove all mappings, so that the detected ones hold", this::clear),
                Verb.of("ports:list", "<app>", "List the mappings of an app", this::list),
                Verb.of(
                        "ports:remove",
                        "<app> <mapping>...",
                        "Remove mappings, each by its whole or by its host port",
                        this::remove),
                Verb.report("ports:report", "Show the mappings of one app or all, and the detected ones", this::report),
                Verb.of("ports:set", "<app> <mapping>...", "Make these the mappings of an app", this::set));
    }

    private void add(Call call) {
        App app = call.app();
        List<PortMapping> ports = new ArrayList<>(app.ports());
        ports.addAll(mappings(call));
        change(call, app, ports);
        mappings(call).forEach(mapping -> call.step("Added " + mapping + " to " + app.name()));
    }

    private void set(Call call) {
        App app = call.app();
        change(call, app, mappings(call));
        call.step("Set " + joined(mappings(call)) + " for " + app.name());
    }

    private void clear(Call call) {
        App app = call.app();
        change(call, app, List.of());
        call.step("Cleared port mappings of " + app.name());
    }

    private void remove(Call call) {
        App app = call.app();
        List<PortMapping> ports = new ArrayList<>(app.ports());
        for (String word : call.arguments().all(MAPPING)) {
            if (!ports.removeIf(matching(word))) {
                throw UserException.notFound("Port mapping " + Words.shown(word) + " is not one of " + app.name()
                        + (app.ports().isEmpty() ? ", which has none of its own" : ": " + joined(app.ports())));
            }
        }
        change(call, app, ports);
        call.arguments().all(MAPPING).forEach(word -> call.step("Removed " + word + " from " + app.name()));
    }

    private void change(Call call, App app, List<PortMapping> ports) {
        Map<Integer, PortMapping> byHostPort = new TreeMap<>();
        for (PortMapping mapping : ports) {
            PortMapping other = byHostPort.putIfAbsent(mapping.hostPort(), mapping);
            if (other != null) {
                throw UserException.invalid("Host port " + mapping.hostPort() + " is mapped twice: " + other + " and "
                        + mapping + "; remove one of them");
            }
        }
        List<PortMapping> sorted = ports.stream()
                .sorted(Comparator.comparing(PortMapping::scheme).thenComparingInt(PortMapping::hostPort))
                .toList();
        sites.change(app.name(), before -> before.withPorts(sorted), call.console());
        sites.portWarnings(call.store().app(app.name())).forEach(call.console()::warn);
    }

    private static List<PortMapping> mappings(Call call) {
        return call.arguments().all(MAPPING).stream()
                .map(PortsCommands::mapping)
                .toList();
    }

    private static PortMapping mapping(String word) {
        Matcher form = FORM.matcher(word);
        if (!form.matches() || form.group(1) == null || form.group(3) == null) {
            throw UserException.invalid("Invalid port map " + Words.shown(word)
                    + ": write SCHEME:HOST_PORT:PROCESS_PORT, such as http:80:5000");
        }
        return PortMapping.parse(word);
    }

    private static Predicate<PortMapping> matching(String word) {
        Matcher form = FORM.matcher(word);
        if (!form.matches() || (form.group(1) == null && form.group(3) != null)) {
            throw UserException.invalid("Invalid port map " + Words.shown(word)
                    + ": write a host port, SCHEME:HOST_PORT or SCHEME:HOST_PORT:PROCESS_PORT");
        }
        String scheme = form.group(1);
        String process = form.group(3);
        return mapping -> String.valueOf(mapping.hostPort()).equals(form.group(2))
                && (scheme == null || mapping.scheme().toString().equals(scheme))
                && (process == null || String.valueOf(mapping.processPort()).equals(process));
    }

    private void list(Call call) {
        App app = call.app();
        if (app.ports().isEmpty()) {
            throw UserException.notFound("No port mappings configured for app");
        }
        call.step("Port mappings for " + app.name());
        call.step(row("scheme", "host port", "container port", 18));
        app.ports()
                .forEach(mapping -> call.console()
                        .line(row(mapping.scheme().toString(), mapping.hostPort(), mapping.processPort(), 25)));
    }

    /** @param first how wide the first column is: a heading begins with an arrow */
    private static String row(Object scheme, Object host, Object process, int first) {
        return ("%-" + first + "s %-25s %s").formatted(scheme, host, process);
    }

    private void report(Call call) {
        Report.print(call, () -> Report.global("ports"), app -> {
            List<PortMapping> detected = sites.detectedPorts(app);
            return new Report(app.name() + " ports information")
                    .with("Ports map", joined(app.ports()))
                    .with("Ports map detected", joined(detected))
                    .with("Ports map detected json", json(detected))
                    .with("Ports map json", json(app.ports()));
        });
    }

    private static String joined(List<PortMapping> mappings) {
        return mappings.stream().map(PortMapping::toString).collect(Collectors.joining(" "));
    }

    /** As Dokku writes it, which for none at all is null. */
    private static String json(List<PortMapping> mappings) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PortMapping mapping : mappings) {
            Map<String, Object> row = new TreeMap<>();
            row.put("container_port", mapping.processPort());
            row.put("host_port", mapping.hostPort());
            row.put("scheme", mapping.scheme().toString());
            rows.add(row);
        }
        try {
            return rows.isEmpty() ? "null" : JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
