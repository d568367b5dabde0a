package dev.slipway.cert;

import dev.slipway.model.CertificatePem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What {@code certs:report} shows of an app's certificate, in Dokku's words and OpenSSL's way of writing dates. */
public final class CertificateReport {

    private static final DateTimeFormatter OPENSSL = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The tag of a DNS name among the alternative names: RFC 5280, section 4.2.1.6. */
    private static final int DNS_NAME = 2;

    private static final String COMMON_NAME = "CN=";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*._-]+");

    private CertificateReport() {}

    /** @param directory where nginx finds the files */
    public static SequencedMap<String, String> of(Optional<CertificatePem> certificate, Path directory) {
        Optional<X509Certificate> leaf = certificate.map(CertificatePem::leaf);
        SequencedMap<String, String> report = new LinkedHashMap<>();
        report.put("Ssl dir", directory.toString());
        report.put("Ssl enabled", Boolean.toString(certificate.isPresent()));
        report.put(
                "Ssl expires at",
                leaf.map(X509Certificate::getNotAfter)
                        .map(CertificateReport::date)
                        .orElse(""));
        report.put("Ssl hostnames", leaf.map(CertificateReport::names).orElse(""));
        report.put(
                "Ssl issuer",
                leaf.map(present -> name(present.getIssuerX500Principal().getName()))
                        .orElse(""));
        report.put(
                "Ssl starts at",
                leaf.map(X509Certificate::getNotBefore)
                        .map(CertificateReport::date)
                        .orElse(""));
        report.put(
                "Ssl subject",
                leaf.map(present -> name(present.getSubjectX500Principal().getName()))
                        .orElse(""));
        report.put("Ssl verified", certificate.map(CertificateReport::verified).orElse(""));
        return report;
    }

    private static String date(Date date) {
        return OPENSSL.format(date.toInstant());
    }

    /** From the most to the least general part, as Dokku prints names. */
    private static String name(String rfc2253) {
        return String.join("; ", parts(rfc2253).reversed());
    }

    private static List<String> parts(String rfc2253) {
        return Arrays.asList(rfc2253.split("(?<!\\\\),"));
    }

    /** The common name and the alternative ones, each once and in order. A common name that is no host's is left out: it may hold blanks. */
    private static String names(X509Certificate leaf) {
        TreeSet<String> names = new TreeSet<>(alternatives(leaf));
        parts(leaf.getSubjectX500Principal().getName()).stream()
                .filter(part -> part.startsWith(COMMON_NAME))
                .map(part -> part.substring(COMMON_NAME.length()))
                .filter(name -> HOST.matcher(name).matches())
                .forEach(names::add);
        return String.join(" ", names);
    }

    private static List<String> alternatives(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            // Names that nobody can read are no names.
            return List.of();
        }
    }

    private static String verified(CertificatePem certificate) {
        if (certificate.selfSigned()) {
            return "self signed.";
        }
        return trusted(certificate)
                ? "verified by a certificate authority."
                : "not verified by a certificate authority.";
    }

    private static boolean trusted(CertificatePem certificate) {
        X509Certificate[] chain = PemFile.read("the certificate", certificate.chain())
                .certificates()
                .toArray(X509Certificate[]::new);
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager trust : factory.getTrustManagers()) {
                if (trust instanceof X509TrustManager authorities) {
                    authorities.checkServerTrusted(chain, "UNKNOWN");
                }
            }
            return true;
        } catch (GeneralSecurityException e) {
            // That no authority vouches for it is the answer.
            return false;
        }
    }
}
