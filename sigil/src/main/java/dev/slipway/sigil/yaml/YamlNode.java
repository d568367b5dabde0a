package dev.slipway.sigil.yaml;

import java.util.ArrayList;
import java.util.List;

/** A node of a document; a tag is empty if none was written. */
sealed interface YamlNode {
    /** @param plain whether its type is to be found out from its text */
    record Scalar(String tag, String text, boolean plain) implements YamlNode {}

    /** A list whose elements are added while it is read: an alias in it may already refer to it. */
    record Sequence(List<YamlNode> elements) implements YamlNode {
        Sequence() {
            this(new ArrayList<>());
        }
    }

    /** Keys and values in turn. */
    record Mapping(List<YamlNode> children) implements YamlNode {
        Mapping() {
            this(new ArrayList<>());
        }
    }

    record Alias(String name, YamlNode target) implements YamlNode {}
}
