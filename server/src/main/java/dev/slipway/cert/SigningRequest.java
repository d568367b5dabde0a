package dev.slipway.cert;

import dev.slipway.model.CertificatePem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What an authority is sent so that it signs the names and the key of a certificate that signed itself (PKCS #10, RFC 2986). */
public final class SigningRequest {

    private SigningRequest() {}

    /** @param own made by {@link SelfSigned} */
    public static String of(CertificatePem own) {
        try (PEMParser chain = new PEMParser(new StringReader(own.chain()))) {
            X509CertificateHolder holder = (X509CertificateHolder) chain.readObject();
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    GeneralNames.fromExtensions(holder.getExtensions(), Extension.subjectAlternativeName));
            var request = new JcaPKCS10CertificationRequestBuilder(
                            certificate.getSubjectX500Principal(), certificate.getPublicKey())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key(own)));
            StringWriter text = new StringWriter();
            try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
                pem.writeObject(request);
            }
            return text.toString();
        } catch (IOException | CertificateException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate that was just made cannot be read", e);
        }
    }

    private static PrivateKey key(CertificatePem own) throws IOException {
        try (PEMParser key = new PEMParser(new StringReader(own.key()))) {
            Object read = key.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            return read instanceof PEMKeyPair pair
                    ? converter.getKeyPair(pair).getPrivate()
                    : converter.getPrivateKey((PrivateKeyInfo) read);
        }
    }
}
