package dev.slipway.proxy.nginx.syntax;

import java.util.List;
import java.util.stream.Stream;

/**
 * One directive of nginx configuration text.
 *
 * @param name its first word: a directive's name, or a key within a {@code map} and the like
 * @param block what is between its braces; empty for a directive without any
 * @param isBlock whether it has braces
 * @param line where it begins
 * @param lastLine where its semicolon or closing brace stands
 * @param start offset of its first character in the text
 * @param end offset just after its semicolon or closing brace
 */
public record Directive(
        Word name,
        List<Word> arguments,
        boolean isBlock,
        List<Directive> block,
        int line,
        int lastLine,
        int start,
        int end) {

    public Directive {
        arguments = List.copyOf(arguments);
        block = List.copyOf(block);
    }

    public boolean is(String other) {
        return name.text().equals(other);
    }

    /** The argument's text, or the empty string where there is none. */
    public String argument(int index) {
        return index < arguments.size() ? arguments.get(index).text() : "";
    }

    /** This directive and all that are inside it, in the order of the text. */
    public Stream<Directive> tree() {
        return Stream.concat(Stream.of(this), block.stream().flatMap(Directive::tree));
    }
}
