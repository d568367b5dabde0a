package dev.slipway.proxy.nginx;

import dev.slipway.model.CertificatePem;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.Hsts;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Stands for everything that nginx reads of one site, so that a reload happens only if some of it changed. */
final class Stamp {

    private Stamp() {}

    static String of(Candidate site, NginxDirectories directories) {
        MessageDigest digest = sha256();
        add(digest, site.text());
        add(digest, site.certificate().map(CertificatePem::chain).orElse(""));
        add(digest, site.certificate().map(CertificatePem::key).orElse(""));
        add(digest, site.hsts().orElse(""));
        addSnippets(digest, directories.snippets(site.app()));
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    /** The files that a user or a plugin put beside the site; ours is known by then. */
    private static void addSnippets(MessageDigest digest, Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        NavigableSet<Path> snippets = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.conf")) {
            files.forEach(snippets::add);
            snippets.remove(directory.resolve(Hsts.FILE));
            for (Path snippet : snippets) {
                add(digest, snippet.getFileName() + "\n" + Files.readString(snippet, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
