package dev.slipway.sigil.value;

/**
 * Go's unsigned integers, as far as a template meets them: a byte of a string, and a YAML number above 2^63.
 *
 * @param bits the value, read as unsigned
 * @param size 8 or 64
 */
public record Unsigned(long bits, int size) {
    public static Unsigned ofByte(char value) {
        return new Unsigned(value, 8);
    }

    /** The element of that index in a loop over this number: of the same size. */
    public Unsigned at(long index) {
        return new Unsigned(index, size);
    }

    public String typeName() {
        return "uint" + size;
    }
}
