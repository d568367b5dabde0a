package dev.slipway.deploy.appjson;

import dev.slipway.model.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A variable of the config that an app declares.
 *
 * @param value what it is set to on the first deploy if it is not set yet
 * @param secret whether it is set to a random text instead
 * @param required whether there can be no deploy without it
 * @param sync whether each deploy sets the value, whatever somebody set
 * @param where file and line, for messages
 */
public record Variable(
        String name,
        Optional<String> value,
        boolean secret,
        boolean required,
        boolean sync,
        String description,
        String where) {

    private static final Set<String> KEYS = Set.of("value", "generator", "required", "sync", "description");

    static List<Variable> read(Value env) {
        List<Variable> variables = new ArrayList<>();
        env.fields().forEach((name, entry) -> {
            Variable variable = entry.json().isValueNode() && entry.isThere()
                    ? new Variable(name, Optional.of(entry.json().asText()), false, true, false, "", entry.where())
                    : described(name, entry);
            entry.completed(() -> new Config(
                    new java.util.TreeMap<>(Map.of(name, variable.value().orElse("")))));
            variables.add(variable);
        });
        return variables;
    }

    private static Variable described(String name, Value entry) {
        Optional<String> generator = entry.text("generator");
        if (generator.isPresent() && !generator.get().equals("secret")) {
            throw entry.at("generator").refusal("the generator of " + name + " must be \"secret\": there is no other");
        }
        Value value = entry.at("value");
        if (value.isThere() && !value.json().isValueNode()) {
            throw value.refusal("the value of " + name + " must be a text: \"…\"");
        }
        Optional<String> text = value.isThere() ? Optional.of(value.json().asText()) : Optional.empty();
        boolean sync = entry.flag("sync");
        if (sync && text.isEmpty()) {
            throw entry.at("sync").refusal(name + " has sync, but no value to set at each deploy");
        }
        return new Variable(
                name,
                text,
                generator.isPresent(),
                !entry.has("required") || entry.flag("required"),
                sync,
                entry.text("description").orElse(""),
                entry.where());
    }
}
