package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zip file whose list of entries is held in bounds while it is read: the library holds all of it in memory. */
final class ZipDirectory implements SeekableByteChannel {

    /** What the list says of one entry, twice: its end and each entry's own header are read alike. */
    private static final long ENTRY = 2 * 1024;

    private static final long BESIDES = 1024 * 1024;

    private final SeekableByteChannel file;
    private long left;

    private ZipDirectory(SeekableByteChannel file, long left) {
        this.file = file;
        this.left = left;
    }

    static ZipDirectory open(Path file, ArchiveLimits limits) throws IOException {
        return new ZipDirectory(Files.newByteChannel(file), BESIDES + ENTRY * limits.files());
    }

    /** The list was read: what is read from now on is what the files hold, which is bounded by others. */
    void listed() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int read = file.read(into);
        left -= Math.max(0, read);
        if (left < 0) {
            throw UserException.invalid("The archive lists more files, or longer names of them, than"
                    + " git:set --global archive-max-files allows");
        }
        return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return file.write(from);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long next) throws IOException {
        file.position(next);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
