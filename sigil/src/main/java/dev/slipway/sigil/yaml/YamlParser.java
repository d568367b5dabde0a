package dev.slipway.sigil.yaml;

import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.yaml.YamlToken.Kind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the nodes of the first document in a stream. */
final class YamlParser {
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
    private static final Set<Kind> DOCUMENT_PARTS = EnumSet.of(
            Kind.VERSION_DIRECTIVE, Kind.TAG_DIRECTIVE, Kind.DOCUMENT_START, Kind.DOCUMENT_END, Kind.STREAM_END);

    private final YamlScanner scanner;
    private final Budget budget;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Map<String, String> handles = new HashMap<>();

    YamlParser(String input, Budget budget) {
        this.scanner = new YamlScanner(input);
        this.budget = budget;
    }

    /** The root, or null if there is no document. */
    @Nullable
    YamlNode document() {
        while (kind() == Kind.DOCUMENT_END) {
            scanner.next();
        }
        if (kind() == Kind.STREAM_END) {
            return null;
        }
        if (DOCUMENT_PARTS.contains(kind())) {
            directives();
            expectDocumentStart();
        }
        YamlNode root = DOCUMENT_PARTS.contains(kind()) ? empty() : node(true, false);
        scanner.peek();
        return root;
    }

    private Kind kind() {
        return scanner.peek().kind();
    }

    private void directives() {
        boolean version = false;
        while (kind() == Kind.VERSION_DIRECTIVE || kind() == Kind.TAG_DIRECTIVE) {
            YamlToken token = scanner.next();
            if (token.kind() == Kind.TAG_DIRECTIVE) {
                if (handles.putIfAbsent(token.value(), token.suffix()) != null) {
                    throw YamlErrors.parser(token.start(), token.start(), "found duplicate %TAG directive");
                }
            } else if (version) {
                throw YamlErrors.parser(token.start(), token.start(), "found duplicate %YAML directive");
            } else if (!token.value().equals("1.1")) {
                throw YamlErrors.parser(token.start(), token.start(), "found incompatible YAML document");
            } else {
                version = true;
            }
        }
    }

    private void expectDocumentStart() {
        YamlToken token = scanner.next();
        if (token.kind() != Kind.DOCUMENT_START) {
            throw YamlErrors.parser(token.start(), token.start(), "did not find expected <document start>");
        }
    }

    private static YamlNode empty() {
        return new YamlNode.Scalar("", "", true);
    }

    /** @param indentless whether a sequence may stand at the indentation of the mapping it is in */
    private YamlNode node(boolean block, boolean indentless) {
        budget.elements(2);
        YamlToken first = scanner.peek();
        if (first.kind() == Kind.ALIAS) {
            return alias(scanner.next());
        }
        String anchor = "";
        String tag = "";
        while ((kind() == Kind.ANCHOR && anchor.isEmpty()) || (kind() == Kind.TAG && tag.isEmpty())) {
            YamlToken token = scanner.next();
            if (token.kind() == Kind.ANCHOR) {
                anchor = token.value();
            } else {
                tag = resolved(token, first);
            }
        }
        return content(new Properties(first, anchor, tag), block, indentless);
    }

    private record Properties(YamlToken first, String anchor, String tag) {}

    private YamlNode alias(YamlToken token) {
        YamlNode target = anchors.get(token.value());
        if (target == null) {
            throw YamlErrors.plain("unknown anchor '" + token.value() + "' referenced");
        }
        return new YamlNode.Alias(token.value(), target);
    }

    private String resolved(YamlToken token, YamlToken first) {
        if (token.value().isEmpty()) {
            return token.suffix();
        }
        String prefix = handles.get(token.value());
        if (prefix == null) {
            prefix = switch (token.value()) {
                case "!" -> "!";
                case "!!" -> STANDARD_TAGS;
                default -> throw YamlErrors.parser(first.start(), token.start(), "found undefined tag handle");
            };
        }
        return prefix + token.suffix();
    }

    private YamlNode content(Properties properties, boolean block, boolean indentless) {
        YamlToken token = scanner.peek();
        if (indentless && token.kind() == Kind.BLOCK_ENTRY) {
            return indentlessSequence(remember(properties, new YamlNode.Sequence()));
        }
        if (token.kind() == Kind.SCALAR) {
            scanner.next();
            boolean plain = (token.plain() && properties.tag.isEmpty()) || properties.tag.equals("!");
            return remember(properties, new YamlNode.Scalar(properties.tag, token.value(), plain));
        }
        if (token.kind() == Kind.FLOW_SEQUENCE_START) {
            return flowSequence(remember(properties, new YamlNode.Sequence()));
        }
        if (token.kind() == Kind.FLOW_MAPPING_START) {
            return flowMapping(remember(properties, new YamlNode.Mapping()));
        }
        if (block && token.kind() == Kind.BLOCK_SEQUENCE_START) {
            return blockSequence(remember(properties, new YamlNode.Sequence()));
        }
        if (block && token.kind() == Kind.BLOCK_MAPPING_START) {
            return blockMapping(remember(properties, new YamlNode.Mapping()));
        }
        if (properties.anchor.isEmpty() && properties.tag.isEmpty()) {
            throw YamlErrors.parser(properties.first.start(), token.start(), "did not find expected node content");
        }
        return remember(properties, new YamlNode.Scalar(properties.tag, "", properties.tag.isEmpty()));
    }

    private <N extends YamlNode> N remember(Properties properties, N node) {
        if (!properties.anchor.isEmpty()) {
            anchors.put(properties.anchor, node);
        }
        return node;
    }

    private YamlNode indentlessSequence(YamlNode.Sequence sequence) {
        while (kind() == Kind.BLOCK_ENTRY) {
            scanner.next();
            boolean missing = switch (kind()) {
                case BLOCK_ENTRY, KEY, VALUE, BLOCK_END -> true;
                default -> false;
            };
            sequence.elements().add(missing ? empty() : node(true, false));
        }
        return sequence;
    }

    private YamlNode blockSequence(YamlNode.Sequence sequence) {
        Mark start = scanner.next().start();
        while (kind() == Kind.BLOCK_ENTRY) {
            scanner.next();
            boolean missing = kind() == Kind.BLOCK_ENTRY || kind() == Kind.BLOCK_END;
            sequence.elements().add(missing ? empty() : node(true, false));
        }
        end(Kind.BLOCK_END, start, "did not find expected '-' indicator");
        return sequence;
    }

    private YamlNode blockMapping(YamlNode.Mapping mapping) {
        Mark start = scanner.next().start();
        while (kind() == Kind.KEY) {
            scanner.next();
            mapping.children().add(inBlockMapping());
            if (kind() == Kind.VALUE) {
                scanner.next();
                mapping.children().add(inBlockMapping());
            } else {
                mapping.children().add(empty());
            }
        }
        end(Kind.BLOCK_END, start, "did not find expected key");
        return mapping;
    }

    private YamlNode inBlockMapping() {
        return switch (kind()) {
            case KEY, VALUE, BLOCK_END -> empty();
            default -> node(true, true);
        };
    }

    private YamlNode flowSequence(YamlNode.Sequence sequence) {
        Mark start = scanner.next().start();
        for (boolean first = true; kind() != Kind.FLOW_SEQUENCE_END; first = false) {
            if (!first) {
                end(Kind.FLOW_ENTRY, start, "did not find expected ',' or ']'");
                if (kind() == Kind.FLOW_SEQUENCE_END) {
                    break;
                }
            }
            if (kind() == Kind.KEY) {
                scanner.next();
                YamlNode.Mapping pair = new YamlNode.Mapping();
                pair.children().add(inFlow(Kind.FLOW_SEQUENCE_END, true));
                pair.children().add(flowValue(Kind.FLOW_SEQUENCE_END));
                sequence.elements().add(pair);
            } else {
                sequence.elements().add(node(false, false));
            }
        }
        scanner.next();
        return sequence;
    }

    private YamlNode flowMapping(YamlNode.Mapping mapping) {
        Mark start = scanner.next().start();
        for (boolean first = true; kind() != Kind.FLOW_MAPPING_END; first = false) {
            if (!first) {
                end(Kind.FLOW_ENTRY, start, "did not find expected ',' or '}'");
                if (kind() == Kind.FLOW_MAPPING_END) {
                    break;
                }
            }
            if (kind() == Kind.KEY) {
                scanner.next();
                mapping.children().add(inFlow(Kind.FLOW_MAPPING_END, true));
                mapping.children().add(flowValue(Kind.FLOW_MAPPING_END));
            } else {
                mapping.children().add(node(false, false));
                mapping.children().add(empty());
            }
        }
        scanner.next();
        return mapping;
    }

    private YamlNode flowValue(Kind close) {
        if (kind() != Kind.VALUE) {
            return empty();
        }
        scanner.next();
        return inFlow(close, false);
    }

    private YamlNode inFlow(Kind close, boolean key) {
        boolean missing = kind() == Kind.FLOW_ENTRY || kind() == close || (key && kind() == Kind.VALUE);
        return missing ? empty() : node(false, false);
    }

    private void end(Kind kind, Mark start, String problem) {
        YamlToken token = scanner.next();
        if (token.kind() != kind) {
            throw failure(start, token, problem);
        }
    }

    private static FunctionException failure(Mark start, YamlToken token, String problem) {
        return YamlErrors.parser(start, token.start(), problem);
    }
}
