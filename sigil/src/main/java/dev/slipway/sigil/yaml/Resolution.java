package dev.slipway.sigil.yaml;

import dev.slipway.sigil.text.Numbers;
import dev.slipway.sigil.value.Unsigned;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a plain scalar is, by the rules of YAML 1.1.
 *
 * @param tag in its short form, such as {@code !!int}
 */
record Resolution(String tag, @Nullable Object value) {
    static final String STRING = "!!str";
    static final String BINARY = "!!binary";
    static final String FLOAT = "!!float";
    static final String INTEGER = "!!int";
    static final String TIMESTAMP = "!!timestamp";

    private static final String LONG_PREFIX = "tag:yaml.org,2002:";
    private static final Pattern FLOAT_FORM = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final BigInteger MAX_UINT = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final Map<String, Resolution> WORDS = words();

    private static Map<String, Resolution> words() {
        Map<String, Resolution> words = new HashMap<>();
        put(words, new Resolution("!!bool", true), "y Y yes Yes YES true True TRUE on On ON");
        put(words, new Resolution("!!bool", false), "n N no No NO false False FALSE off Off OFF");
        put(words, new Resolution("!!null", null), "~ null Null NULL");
        put(words, new Resolution(FLOAT, Double.NaN), ".nan .NaN .NAN");
        put(words, new Resolution(FLOAT, Double.POSITIVE_INFINITY), ".inf .Inf .INF +.inf +.Inf +.INF");
        put(words, new Resolution(FLOAT, Double.NEGATIVE_INFINITY), "-.inf -.Inf -.INF");
        words.put("", new Resolution("!!null", null));
        return words;
    }

    private static void put(Map<String, Resolution> words, Resolution resolution, String names) {
        for (String name : names.split(" ")) {
            words.put(name, resolution);
        }
    }

    static String shortened(String tag) {
        return tag.startsWith(LONG_PREFIX) ? "!!" + tag.substring(LONG_PREFIX.length()) : tag;
    }

    /** @param written the short form of the tag that was written, empty for none */
    static Resolution of(String written, String text) {
        Resolution found = switch (written) {
            case "", "!!bool", INTEGER, FLOAT, "!!null", TIMESTAMP -> untagged(written, text);
            default -> new Resolution(written.equals(STRING) ? STRING : written, text);
        };
        boolean agrees = written.isEmpty() || found.tag.equals(written);
        if (agrees) {
            return found;
        }
        if (written.equals(FLOAT) && found.value instanceof Long number) {
            return new Resolution(FLOAT, (double) number);
        }
        throw YamlErrors.plain("cannot decode " + found.tag + " `" + text + "` as a " + written);
    }

    private static Resolution untagged(String written, String text) {
        Resolution word = WORDS.get(text);
        if (word != null) {
            return word;
        }
        char first = text.charAt(0);
        if (first == '.') {
            Double number = Numbers.parseFloat(text);
            return number == null ? string(text) : new Resolution(FLOAT, number);
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return string(text);
        }
        boolean timed = written.isEmpty() || written.equals(TIMESTAMP);
        return timed && isTime(text) ? new Resolution(TIMESTAMP, text) : number(text);
    }

    private static Resolution string(String text) {
        return new Resolution(STRING, text);
    }

    private static Resolution number(String text) {
        String plain = text.replace("_", "");
        BigInteger whole = Numbers.parseInteger(plain);
        if (whole != null && whole.bitLength() < 64) {
            return new Resolution(INTEGER, whole.longValue());
        }
        if (whole != null && whole.signum() > 0 && whole.compareTo(MAX_UINT) <= 0 && plain.charAt(0) != '+') {
            return new Resolution(INTEGER, new Unsigned(whole.longValue(), 64));
        }
        if (FLOAT_FORM.matcher(plain).matches()) {
            Double number = Numbers.parseFloat(plain);
            if (number != null) {
                return new Resolution(FLOAT, number);
            }
        }
        return string(text);
    }

    private static boolean isTime(String text) {
        if (!TIME.matcher(text).matches()) {
            return false;
        }
        String[] parts = text.split("[-Tt: Z+.]");
        int month = Integer.parseInt(parts[1]);
        int day = Integer.parseInt(parts[2]);
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(Integer.parseInt(parts[0]), month).lengthOfMonth()) {
            return false;
        }
        boolean spaced = text.indexOf(' ') >= 0 && text.matches(".*(Z|[-+]\\d\\d:\\d\\d)");
        boolean zoned = text.matches(".*[Tt].*") && !text.matches(".*(Z|[-+]\\d\\d:\\d\\d)");
        boolean inRange = parts.length < 6
                || (Integer.parseInt(parts[3]) < 24
                        && Integer.parseInt(parts[4]) < 60
                        && Integer.parseInt(parts[5]) < 60);
        return !spaced && !zoned && inRange;
    }
}
