package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Integers;
import dev.slipway.sigil.text.PathPattern;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/** sigil's functions on strings. */
final class Strings {
    private Strings() {}

    static List<Function> all() {
        return List.of(
                ofText("capitalize", Strings::capitalize),
                ofText("lower", (text, budget) -> mapped(text, Character::toLowerCase)),
                ofText("upper", (text, budget) -> mapped(text, Character::toUpperCase)),
                ofText("trim", (text, budget) -> trim(text)),
                new Function(
                        "replace",
                        List.of(Parameter.STRING, Parameter.STRING, Parameter.ANY),
                        null,
                        Result.BOXED,
                        (given, host) -> replace(
                                Given.string(given[0]),
                                Given.string(given[1]),
                                Given.text(given[2], "replace", host.budget()),
                                host.budget())),
                withText("substr", (slice, text, budget) -> {
                    budget.made(text.length());
                    return substring(slice, text);
                }),
                withText("indent", Strings::indent),
                new Function("match", List.of(Parameter.STRING, Parameter.ANY), null, Result.TYPED, (given, host) -> {
                    String text = Given.text(given[1], "match", host.budget());
                    String pattern = Given.string(given[0]);
                    host.budget().search(pattern.length(), text.length());
                    return PathPattern.matches(pattern, text);
                }));
    }

    private interface TwoStrings {
        String apply(String parameter, String text, Budget budget);
    }

    private static Function ofText(String name, BiFunction<String, Budget, String> work) {
        return new Function(name, List.of(Parameter.ANY), null, Result.BOXED, (given, host) -> {
            String text = Given.text(given[0], name, host.budget());
            host.budget().made(text.length());
            return work.apply(text, host.budget());
        });
    }

    private static Function withText(String name, TwoStrings work) {
        return new Function(name, List.of(Parameter.STRING, Parameter.ANY), null, Result.BOXED, (given, host) -> {
            String text = Given.text(given[1], name, host.budget());
            return work.apply(Given.string(given[0]), text, host.budget());
        });
    }

    /** Go's {@code strings.Title}: the first letter of each word, the rest as it is. */
    private static String capitalize(String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length());
        boolean wordStarts = true;
        for (int i = 0; i < text.length(); i += Bytes.widthAt(text, i)) {
            int rune = Bytes.runeAt(text, i);
            out.append(Bytes.ofRune(wordStarts ? Character.toTitleCase(rune) : rune));
            wordStarts = isSeparator(rune);
        }
        return out.toString();
    }

    private static boolean isSeparator(int rune) {
        if (rune < 0x80) {
            return !Character.isLetterOrDigit(rune) && rune != '_';
        }
        return !Character.isLetter(rune) && !Character.isDigit(rune) && (Character.isSpaceChar(rune) || rune == 0x85);
    }

    /** Letter by letter, as Go does it: no letter becomes two. */
    private static String mapped(String text, IntUnaryOperator change) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Bytes.widthAt(text, i)) {
            out.append(Bytes.ofRune(change.applyAsInt(Bytes.runeAt(text, i))));
        }
        return out.toString();
    }

    /** Spaces and line breaks only: a tab or a carriage return stays. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && " \n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String replace(String old, String fresh, String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length());
        budget.search(old.length(), text.length());
        int from = 0;
        if (old.isEmpty()) {
            for (; from < text.length(); from += Bytes.widthAt(text, from)) {
                out.append(fresh).append(text, from, from + Bytes.widthAt(text, from));
                budget.size(out.length());
            }
            out.append(fresh);
        } else {
            for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
                out.append(text, from, at).append(fresh);
                budget.size(out.length());
                from = at + old.length();
            }
            out.append(text, from, text.length());
        }
        budget.made(out.length());
        return out.toString();
    }

    /** {@code start:end} in bytes; sigil takes a start that is no number for 0. */
    private static String substring(String slice, String text) {
        String[] parts = slice.split(":", -1);
        Long start = Integers.atoi(parts[0]);
        long from = start == null ? 0 : start;
        if (parts.length < 2) {
            throw new FunctionException("runtime error: index out of range [1] with length 1");
        }
        Long to = Integers.atoi(parts[1]);
        if (to == null) {
            throw new FunctionException("substr needs slice expression as 'start:end' ");
        }
        if (to < 0 || to > text.length()) {
            String bound = "[:" + to + "]" + (to < 0 ? "" : " with length " + text.length());
            throw new FunctionException("runtime error: slice bounds out of range " + bound);
        }
        if (from < 0) {
            throw new FunctionException("runtime error: slice bounds out of range [" + from + ":]");
        }
        if (from > to) {
            throw new FunctionException("runtime error: slice bounds out of range [" + from + ":" + to + "]");
        }
        return text.substring((int) from, (int) (long) to);
    }

    private static String indent(String indent, String text, Budget budget) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (i > 0 && letter != '\n' && text.charAt(i - 1) == '\n') {
                out.append(indent);
                budget.size(out.length());
            }
            out.append(letter);
        }
        budget.made(out.length());
        return out.toString();
    }
}
