package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the hook of one push and this server meet: a directory with two named pipes and, at the end, an exit code.
 *
 * <p>Both pipes are opened for reading and writing here, so that opening waits for nobody. Git's user can read and write
 * them but not replace them: the directory is root's.
 */
final class Rendezvous implements AutoCloseable {

    /** More refs than this in one push is not a deploy, and each is a line in memory. */
    private static final int MOST_UPDATES = 10_000;

    private static final String UPDATE = "update ";
    private static final String QUARANTINE = "quarantine ";
    private static final String ABANDONED = "abandoned";

    private final Path directory;
    private final int gid;
    private final RandomAccessFile request;
    private final RandomAccessFile held;

    private Rendezvous(Path directory, int gid) throws IOException {
        this.directory = directory;
        this.gid = gid;
        this.request = new RandomAccessFile(directory.resolve("request").toFile(), "rw");
        this.held = new RandomAccessFile(directory.resolve("progress").toFile(), "rw");
    }

    static Rendezvous open(GitSetup setup, Runner runner) {
        Path directory = setup.pushes().resolve(UUID.randomUUID().toString());
        int gid = setup.user().uid();
        try {
            Owned.directory(directory, "rwxr-x---", 0, gid);
            Path request = directory.resolve("request");
            Path progress = directory.resolve("progress");
            runner.out(Command.of("mkfifo", "-m", "0600", request.toString(), progress.toString()));
            share(request, "rw--w----", gid);
            share(progress, "rw-r-----", gid);
            return new Rendezvous(directory, gid);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /** Lets a hook go that waits for a server that is no more, and deletes the place. */
    static void release(Path directory) throws IOException {
        for (String name : List.of("progress", "request")) {
            Path pipe = directory.resolve(name);
            if (Files.exists(pipe)) {
                new RandomAccessFile(pipe.toFile(), "rw").close();
            }
        }
        Owned.deleteTree(directory);
    }

    Path directory() {
        return directory;
    }

    /** Waits for the hook to tell what is pushed; empty if it never will. */
    Optional<Request> await() throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(request.getChannel()), StandardCharsets.UTF_8));
        String quarantine = "";
        List<String> updates = new ArrayList<>();
        for (String line = lines.readLine(); line != null && !line.equals(ABANDONED); line = lines.readLine()) {
            if (line.equals("end")) {
                return Optional.of(new Request(updates, quarantine));
            } else if (line.startsWith(UPDATE) && updates.size() <= MOST_UPDATES) {
                updates.add(line.substring(UPDATE.length()));
            } else if (line.startsWith(QUARANTINE)) {
                quarantine = line.substring(QUARANTINE.length());
            }
        }
        return Optional.empty();
    }

    /** Ends the waiting: git has ended, so no hook will come. */
    void abandon() throws IOException {
        request.write(("\n" + ABANDONED + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the hook shows to the client. Opened for writing alone once the hook listens: if it dies, writing fails, where a pipe
     * that we also read from would fill up and block for ever.
     */
    OutputStream progress() throws IOException {
        OutputStream progress = Files.newOutputStream(directory.resolve("progress"), StandardOpenOption.WRITE);
        held.close();
        return progress;
    }

    /** Leaves the exit code for the hook, which reads it once {@link #progress} is closed. */
    void decide(int exitCode) throws IOException {
        Path status = directory.resolve("status");
        Files.writeString(status, exitCode + "\n", StandardOpenOption.CREATE_NEW);
        share(status, "rw-r-----", gid);
    }

    @Override
    public void close() throws IOException {
        request.close();
        held.close();
        Owned.deleteTree(directory);
    }

    private static void share(Path file, String mode, int gid) throws IOException {
        Owned.own(file, 0, gid);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** What the hook told, not yet understood. */
    record Request(List<String> updates, String quarantine) {

        /** @throws UserException if it is not what a push may be */
        Push push(AppName app) {
            if (updates.size() > MOST_UPDATES) {
                throw UserException.invalid("A push may change at most " + MOST_UPDATES + " refs");
            }
            Optional<Path> objects =
                    Optional.of(quarantine).filter(path -> !path.isEmpty()).map(Path::of);
            return new Push(app, updates.stream().map(RefUpdate::parse).toList(), new Quarantine(objects));
        }
    }
}
