package dev.slipway.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.UserException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code config:import} reads. */
enum ImportFormat {
    /** Lines {@code KEY=VALUE}, as dotenv programs and {@code config:export --format envfile} write them. */
    ENVFILE("envfile", text -> new Envfile(text).read()),
    /** One object with a member a variable. */
    JSON("json", ImportFormat::json);

    /** Bytes: more than all variables together may have, quotes and comments included. */
    static final int LARGEST = 4 << 20;

    private final String word;
    /** Without state, which its type cannot say. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<String, Map<String, String>> reader;

    ImportFormat(String word, Function<String, Map<String, String>> reader) {
        this.word = word;
        this.reader = reader;
    }

    /** @throws UserException that lists the names there are */
    static ImportFormat named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> UserException.invalid("Unknown import format: " + Words.shown(word) + ": " + names()));
    }

    static String names() {
        return Arrays.stream(values()).map(format -> format.word).collect(Collectors.joining(", "));
    }

    /** @throws UserException that says where the text is none of this format, without a word of its values */
    Map<String, String> read(String text) {
        return reader.apply(text);
    }

    private static Map<String, String> json(String text) {
        JsonNode root = tree(text);
        if (!root.isObject()) {
            throw UserException.invalid("The JSON to import is not an object: write {\"KEY\": \"value\"}");
        }
        Map<String, String> values = new TreeMap<>();
        root.properties().forEach(member -> {
            if (!member.getValue().isValueNode() || member.getValue().isNull()) {
                throw UserException.invalid("The value of " + Words.shown(member.getKey())
                        + " in the JSON to import is not a string, a number, true or false");
            }
            values.put(member.getKey(), member.getValue().asText());
        });
        return values;
    }

    private static JsonNode tree(String text) {
        try {
            return new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (JsonProcessingException e) {
            // The parser's own words quote the text, which holds secrets.
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw UserException.invalid("The JSON to import cannot be read" + where);
        }
    }
}
