package dev.slipway.cert;

import dev.slipway.model.CertificatePem;
import dev.slipway.model.UserException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Takes a certificate and its key from a user: what comes out is a pair that nginx will serve. */
public final class Certificates {

    /** OpenSSL 3 refuses shorter RSA keys at its default security level. */
    private static final int SHORTEST_RSA = 2048;

    private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

    private Certificates() {}

    /**
     * Checks a certificate and its key, given as PEM text.
     *
     * @param certificate the site's own certificate first, then those that lead to an authority
     * @param key in PKCS #8 or in the form of its algorithm, without a passphrase
     * @throws UserException that says which of the two is wrong, and what to do
     */
    public static CertificatePem check(String certificate, String key, Instant now) {
        PemFile crt = PemFile.read("the certificate (.crt)", certificate);
        PemFile secret = PemFile.read("the key (.key)", key);
        if (crt.certificates().isEmpty()
                && !crt.keys().isEmpty()
                && !secret.certificates().isEmpty()) {
            throw UserException.invalid("The certificate and the key are swapped: give the certificate first");
        }
        List<X509Certificate> chain = crt.certificates();
        if (chain.isEmpty()) {
            throw UserException.invalid("No certificate found in the certificate (.crt): a line"
                    + " -----BEGIN CERTIFICATE----- begins it");
        }
        if (secret.keys().size() != 1) {
            throw UserException.invalid("Found " + secret.keys().size() + " private keys in the key (.key): give one");
        }
        checkDates(chain.getFirst(), now);
        checkPair(chain, secret.keys().getFirst());
        checkStrength(chain.getFirst().getPublicKey());
        return pem(chain, secret.keys().getFirst());
    }

    private static void checkDates(X509Certificate leaf, Instant now) {
        Instant end = leaf.getNotAfter().toInstant();
        Instant start = leaf.getNotBefore().toInstant();
        if (end.isBefore(now)) {
            throw UserException.invalid("The certificate expired at " + end + ": get a new one");
        }
        if (start.isAfter(now)) {
            throw UserException.invalid(
                    "The certificate is not valid before " + start + ": is this machine's clock right?");
        }
    }

    private static void checkPair(List<X509Certificate> chain, PrivateKey key) {
        if (matches(chain.getFirst(), key)) {
            return;
        }
        boolean other = chain.stream().anyMatch(certificate -> matches(certificate, key));
        throw UserException.invalid(
                other
                        ? "The chain is in the wrong order: the site's own certificate must come first"
                        : "The key does not belong to the certificate for "
                                + chain.getFirst().getSubjectX500Principal());
    }

    private static boolean matches(X509Certificate certificate, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Keys of two different algorithms, or of two different sizes, are not a pair.
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    private static void checkStrength(PublicKey key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            throw UserException.invalid("The key has " + rsa.getModulus().bitLength()
                    + " bits: get a certificate for a key of at least " + SHORTEST_RSA);
        }
    }

    /** In one form, whatever stood around the blocks in the files that were given. */
    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    static CertificatePem pem(List<X509Certificate> chain, PrivateKey key) {
        StringBuilder certificates = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
        return new CertificatePem(certificates.toString(), pem("PRIVATE KEY", key.getEncoded()));
    }
}
