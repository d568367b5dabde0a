package dev.slipway.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate chain and its private key, as PEM text; the key is a secret. */
public record CertificatePem(String chain, String key) {

    /** The site's own certificate: the first of the chain. */
    public X509Certificate leaf() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was checked before cannot be read", e);
        }
    }

    /** Whether it vouches for itself, so that no browser trusts it unasked. */
    public boolean selfSigned() {
        X509Certificate leaf = leaf();
        return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
    }

    /** The chain alone: the key is a secret. */
    @Override
    public String toString() {
        return "CertificatePem[" + chain.length() + " characters of chain]";
    }
}
