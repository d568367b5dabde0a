package dev.slipway.sigil.yaml;

/**
 * A token.
 *
 * @param value a scalar's content, an anchor's name or a tag's handle
 * @param suffix a tag's second half, a directive's prefix
 * @param plain whether a scalar stood without quotes
 */
record YamlToken(Kind kind, Mark start, String value, String suffix, boolean plain) {
    enum Kind {
        STREAM_END,
        TAG_DIRECTIVE,
        VERSION_DIRECTIVE,
        DOCUMENT_START,
        DOCUMENT_END,
        BLOCK_SEQUENCE_START,
        BLOCK_MAPPING_START,
        BLOCK_END,
        FLOW_SEQUENCE_START,
        FLOW_SEQUENCE_END,
        FLOW_MAPPING_START,
        FLOW_MAPPING_END,
        BLOCK_ENTRY,
        FLOW_ENTRY,
        KEY,
        VALUE,
        ALIAS,
        ANCHOR,
        TAG,
        SCALAR
    }

    static YamlToken of(Kind kind, Mark start) {
        return new YamlToken(kind, start, "", "", false);
    }

    static YamlToken of(Kind kind, Mark start, String value) {
        return new YamlToken(kind, start, value, "", false);
    }
}
