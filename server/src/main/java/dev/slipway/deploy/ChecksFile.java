package dev.slipway.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code CHECKS} of older versions of Dokku, which nobody reads any more: settings such as {@code WAIT=10}, then a line
 * {@code PATH [CONTENT]} for each request to make. Here it is only said in the words of app.json.
 */
final class ChecksFile {

    static final String NAME = "CHECKS";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By their names there, with Dokku's defaults of then. */
    private static final Map<String, Integer> DEFAULTS = Map.of("WAIT", 5, "TIMEOUT", 30, "ATTEMPTS", 5);

    private static final Pattern SETTING =
            Pattern.compile("(?:export\\s+)?(WAIT|TIMEOUT|ATTEMPTS)\\s*=\\s*\"?(\\d{1,5})\"?");

    /** A host may stand before the path, with or without a scheme. */
    private static final Pattern REQUEST = Pattern.compile("(?:(?:https?:)?//[^/\\s]*)?(/\\S*)(?:\\s+(.*))?");

    private static final int MOST = 50;

    private ChecksFile() {}

    /** What to tell whoever pushes such a file: lines, the last of them JSON to be copied. */
    static List<String> advice(String text) {
        Map<String, Integer> settings = new HashMap<>(DEFAULTS);
        List<Matcher> requests = new ArrayList<>();
        text.lines().map(String::strip).limit(MOST).forEach(line -> {
            Matcher setting = SETTING.matcher(line);
            Matcher request = REQUEST.matcher(line);
            if (setting.matches()) {
                settings.put(setting.group(1), Integer.valueOf(setting.group(2)));
            } else if (request.matches()) {
                requests.add(request);
            }
        });
        if (requests.isEmpty()) {
            return List.of(NAME + " is not read: write checks into app.json as healthchecks, and remove the file");
        }
        ArrayNode checks = JSON.createArrayNode();
        requests.forEach(request -> checks.add(check(request, checks.size() + 1, settings)));
        ObjectNode root = JSON.createObjectNode();
        root.putObject("healthchecks").set("web", checks);
        List<String> lines = new ArrayList<>();
        lines.add(NAME + " is not read: put its equal into app.json, and remove the file:");
        lines.addAll(pretty(root).lines().toList());
        return lines;
    }

    private static ObjectNode check(Matcher request, int number, Map<String, Integer> settings) {
        ObjectNode check = JSON.createObjectNode();
        check.put("type", "startup");
        check.put("name", "check " + number);
        check.put("path", request.group(1));
        if (request.group(2) != null) {
            check.put("content", request.group(2).strip());
        }
        check.put("attempts", settings.get("ATTEMPTS"));
        check.put("timeout", settings.get("TIMEOUT"));
        check.put("wait", settings.get("WAIT"));
        return check;
    }

    private static String pretty(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
