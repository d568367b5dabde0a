package dev.slipway.proxy.nginx.explain;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of nginx's configuration, tried with Java's: most say the same in both. */
final class Regex {

    /** What trying one says. */
    enum Verdict {
        MATCHES,
        DIFFERS,
        /** PCRE knows what Java does not, or it takes too long. */
        UNKNOWN
    }

    /** An expression comes out of somebody's repository; this many looks at a character are milliseconds. */
    private static final int MOST_LOOKS = 1_000_000;

    private Regex() {}

    static Verdict judge(String expression, boolean caseless, String text) {
        try {
            Pattern pattern = Pattern.compile(expression, caseless ? Pattern.CASE_INSENSITIVE : 0);
            return pattern.matcher(new Bounded(text)).find() ? Verdict.MATCHES : Verdict.DIFFERS;
        } catch (PatternSyntaxException | TooLong | StackOverflowError e) {
            return Verdict.UNKNOWN;
        }
    }

    private static final class TooLong extends RuntimeException {}

    /** Text that can be looked at only so often. */
    private static final class Bounded implements CharSequence {

        private final String text;
        private int looks;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
