package dev.slipway.sigil.syntax;

import java.util.Arrays;
import java.util.List;

/**
 * A template's text as it is parsed, and the way back to the text the user wrote.
 *
 * <p>sigil puts declarations in front of a template and joins lines at a continuation, and Go counts lines and columns after that.
 * Messages give Go's numbers; the platform shows the user's.
 */
public final class Source {
    private final String name;
    private final String text;
    private final int prefix;
    private final int[] joins;
    private final int[] lineStarts;

    /**
     * @param name the template's name in messages
     * @param text byte string to parse
     * @param prefix how many bytes of it were put in front
     * @param joins where in {@code text} a line break was taken out, ascending
     */
    public Source(String name, String text, int prefix, List<Integer> joins) {
        this.name = name;
        this.text = text;
        this.prefix = prefix;
        this.joins = joins.stream().mapToInt(Integer::intValue).toArray();
        this.lineStarts = starts(text);
    }

    public static Source of(String name, String text) {
        return new Source(name, text, 0, List.of());
    }

    private static int[] starts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** Go's line of a position, from 1. */
    public int line(int position) {
        return lastAtOrBefore(lineStarts, position) + 1;
    }

    /** Go's column of a position: the bytes before it on its line. */
    public int column(int position) {
        return position - lineStarts[lastAtOrBefore(lineStarts, position)];
    }

    /** The line in the text that the user wrote, from 1. */
    public int userLine(int position) {
        return line(position) + joinsBefore(position);
    }

    /** The last line of the user's text that Go counts as this one. */
    public int userLineOf(int line) {
        return line + joinsBefore(line < lineStarts.length ? lineStarts[line] - 1 : text.length());
    }

    /** The byte column in the text that the user wrote, from 1. */
    public int userColumn(int position) {
        int start = Math.max(lineStarts[lastAtOrBefore(lineStarts, position)], prefix);
        int join = lastAtOrBefore(joins, position);
        return Math.max(0, position - Math.max(start, join >= 0 ? joins[join] : 0)) + 1;
    }

    private int joinsBefore(int position) {
        return lastAtOrBefore(joins, position) + 1;
    }

    private static int lastAtOrBefore(int[] ascending, int position) {
        int found = Arrays.binarySearch(ascending, position);
        return found >= 0 ? found : -found - 2;
    }
}
