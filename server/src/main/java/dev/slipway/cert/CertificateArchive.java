package dev.slipway.cert;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate and its key as a tar archive, which is how {@code certs:add APP < certs.tar} sends them. Nothing is unpacked: the
 * two files are read where they lie, whatever their paths.
 */
public record CertificateArchive(String certificate, String key) {

    /** @throws UserException unless there is exactly one .crt and one .key in it */
    public static CertificateArchive read(InputStream in) throws IOException {
        List<String> certificates = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        TarReader tar = new TarReader(in);
        for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
            // A Mac packs ._server.crt beside server.crt.
            if (!name.startsWith(".") && name.endsWith(".crt")) {
                certificates.add(entry.text());
            } else if (!name.startsWith(".") && name.endsWith(".key")) {
                keys.add(entry.text());
            }
        }
        return new CertificateArchive(only("certificate (.crt)", certificates), only("key (.key)", keys));
    }

    private static String only(String what, List<String> found) {
        if (found.size() != 1) {
            throw UserException.invalid("The archive holds " + found.size() + " files that are a " + what
                    + ": pack exactly one, as in tar cvf certs.tar server.crt server.key");
        }
        return found.getFirst();
    }
}
