package dev.slipway.model;

/** A certificate chain and its private key, as PEM text; the key is a secret. */
public record CertificatePem(String chain, String key) {

    /** The chain alone: the key is a secret. */
    @Override
    public String toString() {
        return "CertificatePem[" + chain.length() + " characters of chain]";
    }
}
