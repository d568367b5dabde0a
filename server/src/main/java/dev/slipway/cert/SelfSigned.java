package dev.slipway.cert;

import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that vouch for themselves: for trying https out, and for names that no authority would sign. */
public final class SelfSigned {

    private static final Duration VALIDITY = Duration.ofDays(365);

    /** A client's clock may be a little behind ours. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    private static final int LONGEST_COMMON_NAME = 64;

    private SelfSigned() {}

    /** A certificate for some domains, valid for 365 days, with a P-256 key of its own. */
    public static CertificatePem make(List<Domain> domains, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X509Certificate certificate = certificate(domains, now, pair);
            CertificatePem made = Certificates.pem(List.of(certificate), pair.getPrivate());
            // In the form that a user's own would get: which provider made the key decides how it is encoded.
            return Certificates.check(made.chain(), made.key(), now);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("every Java platform can sign with P-256", e);
        }
    }

    private static X509Certificate certificate(List<Domain> domains, Instant now, KeyPair pair)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Name name = new X500Name("CN=" + commonName(domains));
        GeneralName[] names = domains.stream()
                .map(domain -> new GeneralName(GeneralName.dNSName, domain.value()))
                .toArray(GeneralName[]::new);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(HEAD_START)),
                Date.from(now.plus(VALIDITY)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    /** Clients look at the alternative names; this one has a limit of its own. */
    private static String commonName(List<Domain> domains) {
        return domains.stream()
                .map(Domain::value)
                .filter(domain -> domain.length() <= LONGEST_COMMON_NAME)
                .findFirst()
                .orElse("self-signed");
    }
}
