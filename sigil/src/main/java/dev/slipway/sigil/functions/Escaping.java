package dev.slipway.sigil.functions;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Go's {@code html}, {@code js} and {@code urlquery}. */
final class Escaping {
    private static final String UPPER_HEX = "0123456789ABCDEF";

    private Escaping() {}

    static List<Function> all() {
        return List.of(
                escaper("html", Escaping::html), escaper("js", Escaping::js), escaper("urlquery", Escaping::urlQuery));
    }

    private static Function escaper(String name, BiFunction<String, Budget, String> escape) {
        return new Function(
                name,
                List.of(),
                Parameter.ANY,
                Result.TYPED,
                (given, host) -> escape.apply(text(given, host.budget()), host.budget()));
    }

    /** The arguments as the template would print them: nil is {@code <no value>}. */
    private static String text(@Nullable Object[] given, Budget budget) {
        @Nullable Object[] shown = given.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] == null ? "<no value>" : shown[i];
        }
        return new Printer(budget).print(shown);
    }

    private static String html(String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case 0 -> out.append(Bytes.ofRune(Bytes.REPLACEMENT));
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(letter);
            }
        }
        budget.made(out.length());
        return out.toString();
    }

    private static String js(String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i += Bytes.widthAt(text, i)) {
            int rune = Bytes.runeAt(text, i);
            if (rune == '\\' || rune == '\'' || rune == '"') {
                out.append('\\').append((char) rune);
            } else if (rune < ' ' || "<>&=".indexOf(rune) >= 0) {
                out.append("\\u00").append(UPPER_HEX.charAt(rune >> 4)).append(UPPER_HEX.charAt(rune & 0xF));
            } else if (rune < 0x80) {
                out.append((char) rune);
            } else if (Quoting.isPrintable(rune)) {
                out.append(text, i, i + Bytes.widthAt(text, i));
            } else {
                out.append("\\u%04X".formatted(rune));
            }
        }
        budget.made(out.length());
        return out.toString();
    }

    private static String urlQuery(String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "-_.~".indexOf(letter) >= 0);
            if (plain) {
                out.append(letter);
            } else if (letter == ' ') {
                out.append('+');
            } else {
                out.append('%').append(UPPER_HEX.charAt(letter >> 4)).append(UPPER_HEX.charAt(letter & 0xF));
            }
        }
        budget.made(out.length());
        return out.toString();
    }
}
