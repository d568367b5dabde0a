package dev.slipway.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A pseudo-terminal of the host (pty(7)): a program is started on its slave, and this is the end that a person's keys and screen are
 * connected to. Java has no words for it, so the C library is called.
 */
final class Pty implements AutoCloseable {

    private static final int FOR_BOTH = 0x2;
    private static final int NOT_OUR_TERMINAL = 0x100;
    private static final int NOT_FOR_CHILDREN = 0x80000;
    private static final long SET_SIZE = 0x5414L;
    private static final int HANG_UP = 1;
    private static final int NAME = 64;
    private static final int SETTINGS = 128;
    private static final int CHUNK = 32 * 1024;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle OPEN = function("posix_openpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle GRANT = function("grantpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle UNLOCK = function("unlockpt", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle NAME_OF =
            function("ptsname_r", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle CONTROL = function(
            "ioctl", FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SETTINGS_OF =
            function("tcgetattr", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle MAKE_RAW = function("cfmakeraw", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private static final MethodHandle SET =
            function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle READ =
            function("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle KILL = function("kill", FunctionDescriptor.of(INT, INT, INT));

    private final int master;
    private final String slave;

    /** The number of a closed descriptor is soon somebody else's: it is closed while nobody uses it. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private Pty(int master, String slave) {
        this.master = master;
        this.slave = slave;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor form, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form, options);
    }

    /** @throws ProgramFailure if the machine has no more of them */
    static Pty open() {
        int master = (int) call(OPEN, FOR_BOTH | NOT_OUR_TERMINAL | NOT_FOR_CHILDREN);
        if (master < 0) {
            throw new ProgramFailure("the machine has no pseudo-terminal left");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME);
            if (call(GRANT, master) + call(UNLOCK, master) + call(NAME_OF, master, name, (long) NAME) != 0) {
                call(CLOSE, master);
                throw new ProgramFailure("a pseudo-terminal cannot be opened");
            }
            passThrough(master, arena.allocate(SETTINGS));
            return new Pty(master, name.getString(0));
        }
    }

    /** Echo, lines and ^C are for the terminal that the program makes inside its sandbox; keys that come before it wait as they are. */
    private static void passThrough(int master, MemorySegment settings) {
        call(SETTINGS_OF, master, settings);
        call(MAKE_RAW, settings);
        call(SET, master, 0, settings);
    }

    /** The device that a program is started on. */
    String slave() {
        return slave;
    }

    /** Waits for output; -1 once no program has the slave open any more. */
    int read(byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.min(into.length, CHUNK));
            long count = call(READ, master, buffer, buffer.byteSize());
            if (count <= 0) {
                return -1;
            }
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, (int) count);
            return (int) count;
        }
    }

    /** Passes keys on, waiting for room; false once there is nobody to take them. */
    boolean write(byte[] from, int length) {
        use.readLock().lock();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(1, length));
            MemorySegment.copy(from, 0, buffer, ValueLayout.JAVA_BYTE, 0, length);
            for (long sent = 0; sent < length; ) {
                long count = closed ? -1 : call(WRITE, master, buffer.asSlice(sent), length - sent);
                if (count <= 0) {
                    return false;
                }
                sent += count;
            }
            return true;
        } finally {
            use.readLock().unlock();
        }
    }

    /** Tells the kernel, and by it the program (SIGWINCH), how large the window is. */
    void resize(int columns, int rows) {
        use.readLock().lock();
        try {
            if (!closed) {
                size(columns, rows);
            }
        } finally {
            use.readLock().unlock();
        }
    }

    private void size(int columns, int rows) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(4 * ValueLayout.JAVA_SHORT.byteSize());
            size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
            call(CONTROL, master, SET_SIZE, size);
        }
    }

    /** SIGHUP: what a program gets whose terminal has gone. Shells end by it that do not heed SIGTERM. */
    static void hangUp(Process program) {
        call(KILL, (int) program.pid(), HANG_UP);
    }

    /** To be called when nobody reads any more: the number of a closed descriptor is soon somebody else's. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                call(CLOSE, master);
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments) instanceof Number number ? number.longValue() : 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
