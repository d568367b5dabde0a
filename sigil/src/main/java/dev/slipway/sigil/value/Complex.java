package dev.slipway.sigil.value;

/** Go's {@code complex128}. */
public record Complex(double real, double imaginary) {
    public boolean isZero() {
        return real == 0 && imaginary == 0;
    }

    /** Go's {@code ==}, for which NaN equals nothing and the zeros are equal. */
    public boolean same(Complex other) {
        return real == other.real && imaginary == other.imaginary;
    }
}
