package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An archive of a source tree. Files, whether they may be executed, and links within the tree are taken; devices, sockets, what leads out
 * of the tree and what is larger than allowed are refused.
 */
public record Archive(Path file, ArchiveType type, ArchiveLimits limits) {

    /** All else that is neither a directory nor a link is a device or the like, whatever the library calls a file. */
    private static final Set<Byte> REGULAR =
            Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

    /** Long names and attributes of an entry, which are read into memory whole. */
    private static final long LARGEST_HEADER = 1024 * 1024;

    /**
     * Writes what it holds for {@code git fast-import}.
     *
     * @param into a new file
     * @param ref what the commit is called there
     * @throws UserException that names the entry which cannot be taken
     */
    public SourceTree convert(Path into, String ref) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            limits.refuseBytes(Files.size(file), "The archive");
            ImportStream stream = new ImportStream(out, ref, limits);
            switch (type) {
                case TAR -> tar(Files.newInputStream(file), stream);
                case TAR_GZ -> tar(gunzip(), stream);
                case ZIP -> zip(stream);
            }
            return stream.finish();
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private UserException unreadable(Exception e) {
        return new UserException(
                Kind.INVALID,
                "The archive cannot be read as " + type + ": " + e.getMessage()
                        + "; say what it is by --archive-type tar, tar.gz or zip",
                e);
    }

    private InputStream gunzip() throws IOException {
        return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 64 * 1024);
    }

    private void tar(InputStream from, ImportStream to) throws IOException {
        Bounded bounded = new Bounded(new BufferedInputStream(from), limits);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(bounded, "UTF-8")) {
            int entries = 0;
            for (TarArchiveEntry entry = header(tar, bounded); entry != null; entry = header(tar, bounded)) {
                entries++;
                take(entry, tar, to);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            if (entries == 0) {
                throw new IOException("it has no entry");
            }
        }
    }

    private static @Nullable TarArchiveEntry header(TarArchiveInputStream tar, Bounded bounded) throws IOException {
        bounded.header = LARGEST_HEADER;
        TarArchiveEntry entry = tar.getNextEntry();
        bounded.header = Long.MAX_VALUE;
        return entry;
    }

    private static void take(TarArchiveEntry entry, InputStream content, ImportStream to) throws IOException {
        EntryPath path = EntryPath.parse(entry.getName());
        if (entry.isDirectory() || entry.isGlobalPaxHeader() || path.git()) {
            return;
        }
        if (entry.isSymbolicLink()) {
            to.link(path, entry.getLinkName());
        } else if (entry.isLink()) {
            to.same(path, EntryPath.parse(entry.getLinkName()));
        } else if (REGULAR.contains(entry.getLinkFlag()) && !entry.isSparse()) {
            to.file(path, executable(entry.getMode()), entry.getSize(), content);
        } else {
            throw UserException.invalid("The archive holds " + path.value()
                    + ", which is neither a file nor a directory nor a link; nothing was taken");
        }
    }

    private void zip(ImportStream to) throws IOException {
        try (ZipDirectory directory = ZipDirectory.open(file, limits);
                ZipFile zip =
                        ZipFile.builder().setSeekableByteChannel(directory).get()) {
            directory.listed();
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                take(zip, entries.nextElement(), to);
            }
        } catch (ArchiveException | ZipException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            // The library names what it read from, which has no name here, and why only in the cause.
            throw e.getCause() instanceof IOException cause ? cause : e;
        }
    }

    private static void take(ZipFile zip, ZipArchiveEntry entry, ImportStream to) throws IOException {
        EntryPath path = EntryPath.parse(entry.getName());
        if (entry.isDirectory() || path.git()) {
            return;
        }
        if (!zip.canReadEntryData(entry)) {
            throw UserException.invalid("The archive holds " + path.value() + " encrypted or packed in a rare way");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            if (entry.isUnixSymlink()) {
                to.link(path, new String(content.readNBytes(8192), StandardCharsets.UTF_8));
            } else {
                to.file(path, executable(entry.getUnixMode()), entry.getSize(), content);
            }
        }
    }

    private static boolean executable(int mode) {
        return (mode & 0100) != 0;
    }

    /** What a compressed archive may unpack to: padding and headers count too, so that none of them is a bomb. */
    private static final class Bounded extends java.io.FilterInputStream {

        private final ArchiveLimits limits;
        private long count;
        private long header = Long.MAX_VALUE;

        Bounded(InputStream in, ArchiveLimits limits) {
            super(in);
            this.limits = limits;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            counted(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            counted(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            counted(skipped);
            return skipped;
        }

        /** A header for each file, and the end. */
        private void counted(long more) {
            count += more;
            header -= more;
            if (header < 0) {
                throw UserException.invalid("The archive holds an entry whose name and attributes are longer than "
                        + LARGEST_HEADER + " bytes");
            }
            limits.refuseBytes(count - 4096L * limits.files() - 1024 * 1024, "What the archive holds");
        }
    }
}
