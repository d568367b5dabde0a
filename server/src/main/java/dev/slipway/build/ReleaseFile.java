package dev.slipway.build;

import dev.slipway.model.Config;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a buildpack's {@code bin/release} says, in YAML (Heroku's buildpack API).
 *
 * @param environment {@code config_vars}: defaults that the app's own config overrides
 * @param commands {@code default_process_types}: for a tree without a Procfile
 */
record ReleaseFile(Map<String, String> environment, LinkedHashMap<ProcessType, String> commands) {

    static ReleaseFile parse(String buildpack, String text) {
        Object root;
        try {
            root = new Load(LoadSettings.builder()
                            .setLabel("bin/release")
                            .setMaxAliasesForCollections(10)
                            .build())
                    .loadFromString(text);
        } catch (YamlEngineException e) {
            throw UserException.failed(
                    "The buildpack " + buildpack + " says of its release what is not YAML: " + e.getMessage());
        }
        Map<String, String> environment = new Config(new TreeMap<>(texts(buildpack, root, "config_vars"))).values();
        LinkedHashMap<ProcessType, String> commands = new LinkedHashMap<>();
        texts(buildpack, root, "default_process_types")
                .forEach((type, command) -> commands.put(new ProcessType(type), command));
        return new ReleaseFile(environment, commands);
    }

    private static Map<String, String> texts(String buildpack, Object root, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (root == null) {
            return texts;
        }
        Object part = map(buildpack, "the whole", root).get(key);
        if (part != null) {
            map(buildpack, key, part).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static Map<?, ?> map(String buildpack, String what, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw UserException.failed(
                "The buildpack " + buildpack + " is broken: bin/release: " + what + " must be a map");
    }

    /** The Procfile of the tree, or what the buildpack would run. */
    Procfile procfile(java.util.Optional<String> text) {
        if (text.isPresent()) {
            return Procfile.parse("Procfile", text.get());
        }
        if (commands.isEmpty()) {
            throw UserException.failed("There is no Procfile: add one with a line TYPE: COMMAND for each process type,"
                    + " such as web: ./server");
        }
        return new Procfile(commands);
    }
}
