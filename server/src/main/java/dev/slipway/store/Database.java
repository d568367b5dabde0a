package dev.slipway.store;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The one SQLite file: write-ahead log, synchronised in full, one connection used by one thread at a time.
 *
 * <p>One writer is all that SQLite allows and reads take microseconds, so a second connection would buy nothing here.
 */
final class Database implements AutoCloseable {

    /** The newest schema that this program knows: the number of its last migration file. */
    private static final int SCHEMA = 4;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Connection connection;
    private final Jdbi jdbi;

    private Database(Connection connection) {
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
    }

    /** @throws UserException if a newer program wrote the file */
    static Database open(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.FULL);
            config.setBusyTimeout(10_000);
            config.enforceForeignKeys(true);
            Database database = new Database(config.createConnection("jdbc:sqlite:" + file));
            database.migrate(file);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw UserException.failed("The database " + file + " cannot be opened: " + e.getMessage());
        }
    }

    private void migrate(Path file) {
        int present = call(handle ->
                handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one());
        if (present > SCHEMA) {
            throw UserException.failed("The database " + file + " was written by a newer Slipway (schema " + present
                    + ", this one knows " + SCHEMA + "): start that version again");
        }
        for (int number = present + 1; number <= SCHEMA; number++) {
            int next = number;
            call(handle -> {
                handle.createScript(migration(next)).execute();
                return handle.execute("PRAGMA user_version = " + next);
            });
        }
    }

    private static String migration(int number) {
        String name = "%03d.sql".formatted(number);
        try (InputStream in = Database.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no migration " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one transaction, by itself: committed if the work returns, rolled back if it throws. */
    <T> T call(Function<Handle, T> work) {
        turn.lock();
        try {
            return jdbi.inTransaction(work::apply);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be closed", e);
        } finally {
            turn.unlock();
        }
    }
}
