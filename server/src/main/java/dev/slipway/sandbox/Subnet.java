package dev.slipway.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 network in CIDR form.
 *
 * @param address the network's own address, host bits zero, as an unsigned 32-bit number
 * @param prefix length of the prefix, 0 to 32
 */
public record Subnet(int address, int prefix) {

    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,2})");

    public Subnet {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("prefix length " + prefix);
        }
        address &= mask(prefix);
    }

    /** Reads {@code 10.96.16.0/20}; host bits are dropped. */
    public static Subnet parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is not an IPv4 network");
        }
        int address = 0;
        for (int group = 1; group <= 4; group++) {
            address = address << 8 | octet(matcher.group(group));
        }
        return new Subnet(address, Integer.parseInt(matcher.group(5)));
    }

    private static int octet(String digits) {
        int value = Integer.parseInt(digits);
        if (value > 255) {
            throw new IllegalArgumentException(digits + " is no part of an IPv4 address");
        }
        return value;
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    public boolean overlaps(Subnet other) {
        int shared = mask(Math.min(prefix, other.prefix));
        return (address & shared) == (other.address & shared);
    }

    /** The part with this number when this network is cut into networks of the given prefix length. */
    Subnet part(int number, int length) {
        return new Subnet(address | number << (32 - length), length);
    }

    /** How many networks of the given prefix length fit in. */
    int parts(int length) {
        return 1 << (length - prefix);
    }

    @Override
    public String toString() {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255)
                + "/" + prefix;
    }
}
