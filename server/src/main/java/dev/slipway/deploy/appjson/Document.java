package dev.slipway.deploy.appjson;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON text whose every value knows the line that it stands on; gathers warnings while it is read. */
final class Document {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final JsonNode root;

    private Document(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * @param file the name to use in messages
     * @throws UserException for text that is no JSON object, with the line
     */
    static Document parse(String file, String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                throw UserException.invalid(file + ": not a JSON object");
            }
            Document document = new Document(file, root);
            document.findLines(text);
            return document;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // A bound that the parser has on names and texts has no place.
            throw UserException.invalid(
                    file + (at == null ? "" : ":" + at.getLineNr()) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
    }

    private void findLines(String text) throws IOException {
        try (JsonParser parser = JSON.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
                if (token.isStructStart()) {
                    // The context of a structure's first token is the structure itself: its own place is the parent's.
                    lines.putIfAbsent(
                            parser.getParsingContext()
                                    .getParent()
                                    .pathAsPointer()
                                    .toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        }
    }

    Value root() {
        return new Value(this, "", root);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** {@code app.json:12}, or the file alone for what stands nowhere. */
    String where(String pointer) {
        Integer line = lines.get(pointer);
        return line == null ? file : file + ":" + line;
    }

    void warn(String pointer, String message) {
        warnings.add(where(pointer) + ": " + message);
    }

    UserException refusal(String pointer, String message) {
        return UserException.invalid(where(pointer) + ": " + message);
    }
}
