package dev.slipway.model;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A public ssh key that may be let in, as one line of a {@code .pub} file holds it.
 *
 * @param type {@code ssh-ed25519}, {@code ecdsa-sha2-nistp256} and so on
 * @param base64 the key itself, as ssh sends it, in Base64
 * @param comment what follows it; often {@code user@machine}, may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4253#section-6.6">RFC 4253, section 6.6</a>
 */
public record AuthorizedKey(String type, String base64, String comment) {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final String WHAT_TO_DO = "; give the one line of a .pub file, such as ~/.ssh/id_ed25519.pub";

    /** The length of a public point on each curve, uncompressed. */
    private static final Map<String, Integer> CURVES = Map.of("nistp256", 65, "nistp384", 97, "nistp521", 133);

    private static final List<String> TYPES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    public AuthorizedKey {
        if (!TYPES.contains(type)) {
            throw UserException.invalid(
                    type + " is not a type of key that is taken here (" + String.join(", ", TYPES) + ")");
        }
        check(type, decode(base64));
    }

    /**
     * Reads one line of a {@code .pub} file.
     *
     * @throws UserException for a private key, options before the key, a weak or damaged key, or more than one line
     */
    public static AuthorizedKey parse(String text) {
        String line = text.strip();
        if (line.contains("PRIVATE KEY")) {
            throw UserException.invalid("This is a private key, which nobody but its owner may have" + WHAT_TO_DO);
        }
        if (line.isEmpty() || line.lines().count() != 1) {
            throw UserException.invalid("A public key is one line" + WHAT_TO_DO);
        }
        String[] words = line.split("[ \t]+", 3);
        if (!TYPES.contains(words[0]) && TYPES.stream().anyMatch(type -> line.contains(type + " "))) {
            throw UserException.invalid("Options before a key are not taken: " + words[0] + WHAT_TO_DO);
        }
        if (words[0].equals("ssh-dss")) {
            throw UserException.invalid("DSA keys are too weak: make one with ssh-keygen -t ed25519");
        }
        if (words.length < 2) {
            throw UserException.invalid("This is not a public key" + WHAT_TO_DO);
        }
        return new AuthorizedKey(words[0], words[1], words.length > 2 ? words[2].strip() : "");
    }

    /** The name that ssh itself shows for the key: {@code SHA256:} and the hash of its bytes. */
    public String fingerprint() {
        return fingerprint(decode(base64));
    }

    /** The fingerprint of a key in the form in which ssh sends it. */
    public static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The line of the {@code .pub} file. */
    @Override
    public String toString() {
        return (type + " " + base64 + " " + comment).strip();
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    UserException.Kind.INVALID, "The public key is damaged: not Base64" + WHAT_TO_DO, e);
        }
    }

    private static void check(String type, byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        try {
            demand(text(bytes).equals(type));
            switch (type) {
                case "ssh-rsa" -> checkRsa(bytes);
                case "ssh-ed25519" -> demand(field(bytes).length == 32);
                case "sk-ssh-ed25519@openssh.com" -> demand(field(bytes).length == 32 && field(bytes).length > 0);
                case "sk-ecdsa-sha2-nistp256@openssh.com" -> {
                    checkCurve("nistp256", bytes);
                    demand(field(bytes).length > 0);
                }
                default -> checkCurve(type.substring("ecdsa-sha2-".length()), bytes);
            }
            demand(!bytes.hasRemaining());
        } catch (BufferUnderflowException e) {
            throw new UserException(
                    UserException.Kind.INVALID, "The public key is damaged: a part of it is missing" + WHAT_TO_DO, e);
        }
    }

    private static void checkRsa(ByteBuffer bytes) {
        demand(new BigInteger(field(bytes)).signum() > 0);
        int bits = new BigInteger(field(bytes)).bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw UserException.invalid("The RSA key has " + bits + " bits; it must have " + LEAST_RSA_BITS + " to "
                    + MOST_RSA_BITS + ": make one with ssh-keygen -t ed25519");
        }
    }

    private static void checkCurve(String curve, ByteBuffer bytes) {
        demand(text(bytes).equals(curve));
        Integer length = CURVES.get(curve);
        demand(length != null && field(bytes).length == length);
    }

    private static void demand(boolean holds) {
        if (!holds) {
            throw UserException.invalid("The public key is damaged" + WHAT_TO_DO);
        }
    }

    private static String text(ByteBuffer bytes) {
        return new String(field(bytes), StandardCharsets.US_ASCII);
    }

    /** A length of four bytes, and as many bytes. */
    private static byte[] field(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        bytes.get(field);
        return field;
    }
}
