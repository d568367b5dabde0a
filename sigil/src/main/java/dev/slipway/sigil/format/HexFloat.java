package dev.slipway.sigil.format;

import java.util.Locale;

/** Go's {@code %x} of a float: {@code 0x1.8p+01}. */
final class HexFloat {
    private static final int MANTISSA_BITS = 52;

    private HexFloat() {}

    static String format(double magnitude, int precision, boolean upper) {
        long bits = Double.doubleToRawLongBits(magnitude);
        int exponent = (int) (bits >> MANTISSA_BITS) - 1023;
        long mantissa = bits & (1L << MANTISSA_BITS) - 1;
        if (magnitude == 0) {
            exponent = 0;
        } else if (exponent == -1023) {
            int shift = Long.numberOfLeadingZeros(mantissa) - 11;
            mantissa <<= shift;
            exponent = -1022 - shift;
        } else {
            mantissa |= 1L << MANTISSA_BITS;
        }
        if (precision >= 0 && precision < 13) {
            mantissa = round(mantissa, 4 * (13 - precision));
            if (mantissa >> MANTISSA_BITS > 1) {
                mantissa >>= 1;
                exponent++;
            }
        }
        String form = "0x" + (mantissa >> MANTISSA_BITS) + fraction(mantissa, precision) + "p" + exponent(exponent);
        return upper ? form.toUpperCase(Locale.ROOT) : form;
    }

    /** To the nearest, to even between two. */
    private static long round(long mantissa, int dropped) {
        long half = 1L << (dropped - 1);
        long rest = mantissa & (half << 1) - 1;
        long kept = mantissa >> dropped;
        if (rest > half || (rest == half && (kept & 1) == 1)) {
            kept++;
        }
        return kept << dropped;
    }

    private static String fraction(long mantissa, int precision) {
        String digits = "%013x".formatted(mantissa & (1L << MANTISSA_BITS) - 1);
        if (precision < 0) {
            digits = digits.replaceAll("0+$", "");
        } else {
            digits = precision <= 13 ? digits.substring(0, precision) : digits + "0".repeat(precision - 13);
        }
        return digits.isEmpty() ? "" : "." + digits;
    }

    private static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }
}
