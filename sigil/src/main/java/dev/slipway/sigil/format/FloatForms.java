package dev.slipway.sigil.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Go's {@code strconv.FormatFloat}: the forms b, e, f, g and x, each with a precision or the shortest that reads back. */
public final class FloatForms {
    private FloatForms() {}

    /** Decimal digits without a point, and where the point stands: 0.d1d2… × 10^point. */
    private record Digits(String digits, int point) {}

    /**
     * Formats a number, with a minus sign if it is negative.
     *
     * @param form b, e, E, f, g, G, x or X
     * @param precision -1 for the shortest
     */
    public static String format(double value, char form, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        if (Double.isInfinite(value)) {
            return sign.isEmpty() ? "+Inf" : "-Inf";
        }
        return sign
                + switch (form) {
                    case 'b' -> binary(magnitude);
                    case 'x', 'X' -> HexFloat.format(magnitude, precision, form == 'X');
                    case 'e', 'E' -> scientific(digits(magnitude, precision < 0 ? -1 : precision + 1), form, precision);
                    case 'f', 'F' -> plain(magnitude, precision);
                    default -> general(magnitude, form, precision);
                };
    }

    private static String binary(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        int exponent = (int) (bits >> 52);
        long mantissa = bits & (1L << 52) - 1;
        int shift = (exponent == 0 ? 1 : exponent) - 1075;
        return (exponent == 0 ? mantissa : mantissa | 1L << 52) + "p" + (shift < 0 ? "" : "+") + shift;
    }

    private static String general(double magnitude, char form, int precision) {
        boolean shortest = precision < 0;
        Digits number = digits(magnitude, shortest ? -1 : Math.max(precision, 1));
        int limit = Math.max(precision, 1);
        if (limit > number.digits.length() && number.digits.length() >= number.point) {
            limit = number.digits.length();
        }
        if (shortest) {
            limit = 6;
        }
        int exponent = number.point - 1;
        if (exponent < -4 || exponent >= limit) {
            return scientific(number, form == 'G' ? 'E' : 'e', number.digits.length() - 1);
        }
        return positional(number);
    }

    private static String scientific(Digits number, char letter, int precision) {
        StringBuilder out = new StringBuilder().append(number.digits.charAt(0));
        int places = precision < 0 ? number.digits.length() - 1 : precision;
        if (places > 0) {
            String rest = number.digits.substring(1);
            out.append('.').append(rest).repeat('0', places - rest.length());
        }
        boolean zero = number.digits.equals("0");
        int exponent = zero ? 0 : number.point - 1;
        out.append(letter).append(exponent < 0 ? '-' : '+');
        return out.append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }

    private static String plain(double magnitude, int precision) {
        if (precision < 0) {
            return positional(digits(magnitude, -1));
        }
        BigDecimal exact = new BigDecimal(magnitude);
        if (precision < exact.scale()) {
            return exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        }
        // Zeros are written, not reckoned: a million of them would take seconds.
        int places = Math.max(0, exact.scale());
        return exact.toPlainString() + (places == 0 && precision > 0 ? "." : "") + "0".repeat(precision - places);
    }

    private static String positional(Digits number) {
        int length = number.digits.length();
        if (number.point <= 0) {
            return number.digits.equals("0") ? "0" : "0." + "0".repeat(-number.point) + number.digits;
        }
        if (number.point >= length) {
            return number.digits + "0".repeat(number.point - length);
        }
        return number.digits.substring(0, number.point) + "." + number.digits.substring(number.point);
    }

    /** Digits without trailing zeros; -1 for as many as are needed. */
    private static Digits digits(double magnitude, int count) {
        if (magnitude == 0) {
            return new Digits("0", 1);
        }
        BigDecimal exact = count < 0
                ? shortest(magnitude)
                : new BigDecimal(magnitude).round(new MathContext(count, RoundingMode.HALF_EVEN));
        BigDecimal stripped = exact.stripTrailingZeros();
        return new Digits(stripped.unscaledValue().toString(), stripped.precision() - stripped.scale());
    }

    /** Java gives two digits where one reads back, as in 4.9E-324. */
    private static BigDecimal shortest(double magnitude) {
        BigDecimal found = new BigDecimal(Double.toString(magnitude));
        if (found.stripTrailingZeros().precision() == 2) {
            BigDecimal rounded = found.round(new MathContext(1, RoundingMode.HALF_EVEN));
            return rounded.doubleValue() == magnitude ? rounded : found;
        }
        return found;
    }
}
