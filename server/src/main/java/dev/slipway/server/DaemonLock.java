package dev.slipway.server;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One daemon a data directory: a lock on a file that holds the daemon's process id, given back by the kernel when it dies. */
final class DaemonLock implements AutoCloseable {

    private final FileChannel channel;
    private final FileLock lock;

    private DaemonLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws UserException if another daemon serves this data directory */
    static DaemonLock take(Path run) {
        Path file = file(run);
        return tryTake(file)
                .orElseThrow(() -> new UserException(
                        UserException.Kind.BUSY,
                        "Another Slipway serves this data directory already (process " + holder(file)
                                + "): stop that one, or give another --data"));
    }

    /** Takes the lock; ends the daemon that holds it first, if there is one. */
    static DaemonLock takeOver(Path run) {
        Path file = file(run);
        Optional<DaemonLock> taken = tryTake(file);
        if (taken.isEmpty()) {
            ProcessHandle.of(Long.parseLong(holder(file))).ifPresent(daemon -> {
                daemon.destroy();
                daemon.onExit().join();
            });
        }
        return taken.orElseGet(() -> take(run));
    }

    private static Path file(Path run) {
        return run.resolve("daemon.pid");
    }

    private static Optional<DaemonLock> tryTake(Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new DaemonLock(channel, lock));
        } catch (IOException e) {
            throw new UncheckedIOException("the lock " + file + " cannot be taken", e);
        }
    }

    private static String holder(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
