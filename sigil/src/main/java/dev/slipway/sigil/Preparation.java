package dev.slipway.sigil;

import dev.slipway.sigil.syntax.Delimiters;
import dev.slipway.sigil.syntax.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What sigil does to a template before it is parsed: declares variables in front and joins continued lines. */
final class Preparation {
    private final Delimiters delimiters;

    Preparation(Delimiters delimiters) {
        this.delimiters = delimiters;
    }

    /** The names that a text mentions with a dollar, inside an action or not. */
    static Set<String> mentioned(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
            int end = at + 1;
            while (end < text.length() && isWord(text.charAt(end), end > at + 1)) {
                end++;
            }
            if (end > at + 1) {
                names.add(text.substring(at + 1, end));
            }
        }
        return names;
    }

    private static boolean isWord(char letter, boolean digitsToo) {
        return letter == '_'
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (digitsToo && letter >= '0' && letter <= '9');
    }

    /**
     * @param text byte string
     * @param names byte strings to declare
     */
    Source prepare(String name, String text, Collection<String> names) {
        StringBuilder out = new StringBuilder(text.length() + 32 * names.size());
        for (String declared : names) {
            out.append(delimiters.left())
                    .append(" $")
                    .append(declared)
                    .append(" := .")
                    .append(declared);
            out.append(' ').append(delimiters.right());
        }
        int prefix = out.length();
        List<Integer> joins = new ArrayList<>();
        join(text, out, joins);
        return new Source(name, out.toString(), prefix, joins);
    }

    /** A backslash before the closing delimiter at the end of a line takes the line break away. */
    private void join(String text, StringBuilder out, List<Integer> joins) {
        String continued = "\\" + delimiters.right() + "\n" + delimiters.left();
        int from = 0;
        for (int at = text.indexOf(continued); at >= 0; at = text.indexOf(continued, from)) {
            out.append(text, from, at).append(delimiters.right());
            joins.add(out.length());
            out.append(delimiters.left());
            from = at + continued.length();
        }
        out.append(text, from, text.length());
    }
}
