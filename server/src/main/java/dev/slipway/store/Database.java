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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** The most answers that are remembered: a few for each of a thousand apps. */
    private static final int MOST_REMEMBERED = 10_000;

    /** Bound while the work of {@link #atOnce} goes on. */
    private static final ScopedValue<Recent> MOMENT = ScopedValue.newInstance();

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Connection connection;
    private final Jdbi jdbi;
    private final PreparedStatement changes;
    private final PreparedStatement version;
    private Recent recent = new Recent(0, 0, new ConcurrentHashMap<>());

    private Database(Connection connection) throws SQLException {
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
        this.changes = connection.prepareStatement("SELECT total_changes()");
        this.version = connection.prepareStatement("PRAGMA data_version");
    }

    /**
     * What was read since anything was last written. Whoever has one may look into it without waiting for their turn.
     *
     * @param changes rows that this connection has written
     * @param version changes with what other connections wrote
     * @param values what was read, by what asked for it
     */
    private record Recent(long changes, long version, Map<Object, Object> values) {

        @SuppressWarnings("unchecked")
        <T> Optional<T> answer(Object key) {
            return Optional.ofNullable((T) values.get(key));
        }

        <T> T keep(Object key, T answer) {
            if (values.size() >= MOST_REMEMBERED) {
                values.clear(); // Whoever asks for names at random would fill the memory.
            }
            values.put(key, answer);
            return answer;
        }
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

    /**
     * Reads in one transaction, unless the same was read since anything was last written: then what was read is given again.
     *
     * @param key that names the question and what it is asked of; who asks with it again gets an answer of the same type
     */
    <T> T read(Object key, Function<Handle, T> question) {
        Recent moment = moment();
        Optional<T> early = moment.answer(key);
        if (early.isPresent()) {
            return early.get();
        }
        turn.lock();
        try {
            Optional<T> meanwhile = moment.answer(key);
            return meanwhile.isPresent() ? meanwhile.get() : moment.keep(key, jdbi.inTransaction(question::apply));
        } finally {
            turn.unlock();
        }
    }

    /** Runs work that reads a great deal and writes nothing: what it read once is not asked for again while it goes on. */
    void atOnce(Runnable work) {
        ScopedValue.where(MOMENT, moment()).run(work);
    }

    /** What {@link #read} would give again for this key, if it was read at all. */
    <T> Optional<T> known(Object key) {
        return moment().answer(key);
    }

    private Recent moment() {
        if (MOMENT.isBound()) {
            return MOMENT.get();
        }
        turn.lock();
        try {
            return recent();
        } finally {
            turn.unlock();
        }
    }

    private Recent recent() {
        long changed = number(changes);
        long seen = number(version);
        if (changed != recent.changes() || seen != recent.version()) {
            recent = new Recent(changed, seen, new ConcurrentHashMap<>());
        }
        return recent;
    }

    private static long number(PreparedStatement statement) {
        try (ResultSet row = statement.executeQuery()) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
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
