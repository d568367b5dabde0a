package dev.slipway.sigil.text;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;

/** Go's {@code path.Match}: a star and a question mark stop at a slash, and {@code [a-z]} is a class. */
public final class PathPattern {
    private final String pattern;
    private final String name;

    private PathPattern(String pattern, String name) {
        this.pattern = pattern;
        this.name = name;
    }

    /** @throws FunctionException for a pattern that is not well formed, also where no letter needed it */
    public static boolean matches(String pattern, String name) {
        check(pattern);
        return new PathPattern(pattern, name).match();
    }

    /** Follows the pattern and goes back to the last star where it fails: no more than pattern times name steps. */
    private boolean match() {
        int at = 0;
        int in = 0;
        int star = -1;
        int starIn = 0;
        while (in < name.length() || at < pattern.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starIn = in;
                continue;
            }
            if (at < pattern.length() && in < name.length()) {
                int after = one(at, in);
                if (after > 0) {
                    at = after;
                    in += literal(at, in) ? 1 : Bytes.widthAt(name, in);
                    continue;
                }
            }
            if (star < 0 || starIn >= name.length() || name.charAt(starIn) == '/') {
                return false;
            }
            starIn++;
            in = starIn;
            at = star + 1;
        }
        return true;
    }

    /** Whether the name goes on byte by byte: only a class and a question mark take a whole code point. */
    private boolean literal(int after, int in) {
        char last = pattern.charAt(after - 1);
        return (last != ']' && last != '?') || name.charAt(in) < 0x80;
    }

    /** Where the pattern goes on after matching one code point; 0 if it does not match. */
    private int one(int at, int in) {
        char letter = pattern.charAt(at);
        return switch (letter) {
            case '[' -> inClass(at, Bytes.runeAt(name, in));
            case '?' -> name.charAt(in) == '/' ? 0 : at + 1;
            case '\\' -> pattern.charAt(at + 1) == name.charAt(in) ? at + 2 : 0;
            default -> letter == name.charAt(in) ? at + 1 : 0;
        };
    }

    private int inClass(int open, int rune) {
        int at = open + 1;
        boolean negated = pattern.charAt(at) == '^';
        at += negated ? 1 : 0;
        boolean found = false;
        for (boolean first = true; first || pattern.charAt(at) != ']'; first = false) {
            int low = bound(at);
            at = afterBound(at);
            int high = low;
            if (pattern.charAt(at) == '-') {
                high = bound(at + 1);
                at = afterBound(at + 1);
            }
            found |= low <= rune && rune <= high;
        }
        return found != negated ? at + 1 : 0;
    }

    private int bound(int at) {
        return Bytes.runeAt(pattern, pattern.charAt(at) == '\\' ? at + 1 : at);
    }

    private int afterBound(int at) {
        int letter = pattern.charAt(at) == '\\' ? at + 1 : at;
        return letter + Bytes.widthAt(pattern, letter);
    }

    private static void check(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            at = switch (pattern.charAt(at)) {
                case '\\' -> wellFormed(at + 1 < pattern.length(), at + 2);
                case '[' -> checkClass(pattern, at + 1);
                default -> at + 1;
            };
        }
    }

    private static int checkClass(String pattern, int start) {
        int at = start + (pattern.startsWith("^", start) ? 1 : 0);
        for (boolean first = true; first || !pattern.startsWith("]", at); first = false) {
            at = checkBound(pattern, at);
            if (pattern.startsWith("-", at)) {
                at = checkBound(pattern, at + 1);
            }
        }
        return at + 1;
    }

    private static int checkBound(String pattern, int at) {
        wellFormed(at < pattern.length() && pattern.charAt(at) != '-' && pattern.charAt(at) != ']', at);
        int letter = pattern.charAt(at) == '\\' ? at + 1 : at;
        wellFormed(letter < pattern.length(), at);
        int after = letter + Bytes.widthAt(pattern, letter);
        boolean broken = Bytes.widthAt(pattern, letter) == 1 && pattern.charAt(letter) >= 0x80;
        return wellFormed(!broken && after < pattern.length(), after);
    }

    private static int wellFormed(boolean good, int position) {
        if (!good) {
            throw new FunctionException("syntax error in pattern");
        }
        return position;
    }
}
