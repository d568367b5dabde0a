package dev.slipway.deploy.appjson;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * One value of a document and its place in it.
 *
 * @param pointer as in RFC 6901
 * @param json a missing node where there is no such value
 */
record Value(Document document, String pointer, JsonNode json) {

    Value at(String key) {
        return new Value(document, pointer + "/" + escaped(key), json.path(key));
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    boolean isThere() {
        return !json.isMissingNode() && !json.isNull();
    }

    boolean has(String key) {
        return at(key).isThere();
    }

    /** The fields of an object, in their order; none of a value that is not there. */
    SequencedMap<String, Value> fields() {
        if (isThere() && !json.isObject()) {
            throw refusal("this must be an object: { \"…\": … }");
        }
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        json.fieldNames().forEachRemaining(name -> fields.put(name, at(name)));
        return fields;
    }

    /** The elements of a list; none of a value that is not there. */
    List<Value> elements() {
        if (isThere() && !json.isArray()) {
            throw refusal("this must be a list: [ … ]");
        }
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            elements.add(new Value(document, pointer + "/" + i, json.get(i)));
        }
        return elements;
    }

    Optional<String> text(String key) {
        Value value = at(key);
        if (value.isThere() && !value.json.isTextual()) {
            throw value.refusal(key + " must be a text: \"…\"");
        }
        return value.isThere() ? Optional.of(value.json.asText()) : Optional.empty();
    }

    boolean flag(String key) {
        Value value = at(key);
        if (value.isThere() && !value.json.isBoolean()) {
            throw value.refusal(key + " must be true or false");
        }
        return value.json.asBoolean(false);
    }

    int number(String key, int otherwise, int least, int most) {
        Value value = at(key);
        if (!value.isThere()) {
            return otherwise;
        }
        if (!value.json.isInt() || value.json.intValue() < least || value.json.intValue() > most) {
            throw value.refusal(key + " must be a whole number from " + least + " to " + most);
        }
        return value.json.intValue();
    }

    /** Makes a text into a value that checks itself; what it says against it is completed with the line. */
    <T> T parsed(Function<String, T> parse, String text) {
        return completed(() -> parse.apply(text));
    }

    /** Runs what may refuse the value, and completes what it says with the line. */
    <T> T completed(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (UserException e) {
            throw refusal(e.text());
        }
    }

    void warn(String message) {
        document.warn(pointer, message);
    }

    /** {@code app.json:12}. */
    String where() {
        return document.where(pointer);
    }

    UserException refusal(String message) {
        return document.refusal(pointer, message);
    }
}
