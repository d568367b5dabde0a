package dev.slipway.cert;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** What a PEM file (RFC 7468) holds of certificates and private keys, in its order; anything else in it is passed over. */
record PemFile(List<X509Certificate> certificates, List<PrivateKey> keys) {

    /** @param name what the user knows the file as, for errors */
    static PemFile read(String name, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                add(name, block, certificates, keys);
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            throw UserException.invalid("Cannot read " + name + " as PEM: " + e.getMessage());
        }
        return new PemFile(certificates, keys);
    }

    private static void add(String name, Object block, List<X509Certificate> certificates, List<PrivateKey> keys)
            throws IOException, CertificateException {
        switch (block) {
            case X509CertificateHolder holder ->
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            case PEMKeyPair pair -> keys.add(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
            case PrivateKeyInfo key -> keys.add(new JcaPEMKeyConverter().getPrivateKey(key));
            case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                throw UserException.invalid(
                        "There is a passphrase on " + name
                                + ", which nobody could type when nginx starts: take it off with openssl pkey -in KEY -out NEW");
            default -> {
                // Parameters of a curve, a request: harmless beside what is looked for.
            }
        }
    }
}
