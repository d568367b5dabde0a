package dev.slipway.door.client;

import dev.slipway.door.Frame;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The command line: passes words, input and ^C to the server and shows what it answers. It is written by hand and loads few classes,
 * because people wait for it.
 */
public final class Main {

    private static final int INTERRUPTED = 130;

    /** What a shell gives a program whose reader went away. */
    private static final int NO_READER = 141;

    private static final FileInputStream IN = new FileInputStream(FileDescriptor.in);
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

    private final DataInputStream from;
    private final OutputStream to;
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = INTERRUPTED;

    private Main(SocketChannel channel) {
        this.from = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.to = Channels.newOutputStream(channel);
    }

    public static void main(String[] words) {
        String set = System.getenv("SLIPWAY_DATA");
        Path data =
                Path.of(set == null || set.isEmpty() ? "/var/lib/slipway" : set).toAbsolutePath();
        Runtime.getRuntime().halt(run(data, List.of(words)));
    }

    private static int run(Path data, List<String> words) {
        long size = words.stream().mapToLong(String::length).sum();
        if (size > Frame.MOST_WORDS) {
            return fail("The command is longer than " + Frame.MOST_WORDS + " characters");
        }
        if (words.stream().anyMatch(word -> word.indexOf('\uFFFD') >= 0)) {
            return fail("The command is not valid UTF-8 text");
        }
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(Frame.socket(data)));
        } catch (IOException e) {
            return fail(reason(data));
        }
        Main client = new Main(channel);
        try {
            client.send(words);
        } catch (IOException e) {
            // A server that lets nobody in closes at once; what it said is still there to be read.
            return client.receive();
        }
        return client.converse();
    }

    /** The socket is closed to others, and so is the directory above it: whether a server runs cannot be seen from outside. */
    private static String reason(Path data) {
        return isClosed(data) || isClosed(data.resolve("run/door"))
                ? "Only root may give commands here; use sudo, or ssh"
                : "Slipway is not running: start it with bin/slipway server (data directory " + data + ")";
    }

    private static boolean isClosed(Path directory) {
        return Files.isDirectory(directory) && !Files.isExecutable(directory);
    }

    private void send(List<String> words) throws IOException {
        String terminal = System.getProperty("slipway.terminal", "");
        if (!terminal.isEmpty()) {
            write(Frame.encode(Frame.TERMINAL, terminal.getBytes(StandardCharsets.UTF_8)));
        }
        write(Frame.encode(Frame.DIRECTORY, System.getProperty("user.dir").getBytes(StandardCharsets.UTF_8)));
        write(Frame.encode(Frame.WORDS, Frame.words(words)));
    }

    /** Frames of several threads, each whole. */
    private synchronized void write(byte[] frame) throws IOException {
        to.write(frame);
    }

    private int converse() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "interrupt"));
        Thread input = new Thread(this::passInput, "input");
        input.setDaemon(true);
        input.start();
        exitCode = receive();
        ended.countDown();
        return exitCode;
    }

    private int receive() {
        try {
            while (true) {
                Frame frame = Frame.read(from);
                switch (frame.type()) {
                    case Frame.OUT -> show(OUT, frame);
                    case Frame.ERR -> show(ERR, frame);
                    case Frame.WANTED -> wanted.release();
                    case Frame.EXIT -> {
                        return frame.exitCode();
                    }
                    default -> throw new IOException("a frame of type " + frame.type());
                }
            }
        } catch (IOException e) {
            return fail("The Slipway server stopped before the command ended");
        }
    }

    private static void show(OutputStream to, Frame frame) {
        try {
            to.write(frame.payload());
        } catch (IOException e) {
            Runtime.getRuntime().halt(NO_READER);
        }
    }

    /** Reads standard input only as far as the command does: what it leaves belongs to whoever comes next. */
    private void passInput() {
        byte[] buffer = new byte[Frame.MOST_BYTES];
        try {
            int length = 0;
            while (length >= 0) {
                wanted.acquireUninterruptibly();
                length = read(buffer);
                if (length < 0) {
                    write(Frame.encode(Frame.END, new byte[0]));
                } else {
                    write(Frame.encode(Frame.INPUT, buffer, 0, length));
                }
            }
        } catch (IOException e) {
            // The server has gone: the thread that receives says so.
            return;
        }
    }

    private static int read(byte[] buffer) {
        try {
            return IN.read(buffer);
        } catch (IOException e) {
            // Standard input is closed, so there is none.
            return -1;
        }
    }

    /** Runs when ^C or a signal ends this program: tells the server and waits for the exit code that it gives. */
    private void interrupt() {
        try {
            write(Frame.encode(Frame.INTERRUPT, new byte[0]));
            boolean answered = ended.await(10, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(answered ? exitCode : INTERRUPTED);
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    private static int fail(String message) {
        try {
            ERR.write((" !     " + message + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return NO_READER;
        }
        return 1;
    }
}
