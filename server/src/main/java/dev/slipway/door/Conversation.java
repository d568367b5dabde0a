package dev.slipway.door;

import dev.slipway.command.Caller;
import dev.slipway.command.Commands;
import dev.slipway.command.Edge;
import dev.slipway.command.Inlet;
import dev.slipway.command.Terminal;
import dev.slipway.command.Underway;
import dev.slipway.exec.Runner;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client at the local door: its command, and what passes between the two. */
final class Conversation {

    /** Nobody has measured the window: what asks for more than a line at a time goes over ssh. */
    private static final Terminal.Size USUAL = new Terminal.Size(80, 24);

    private final DataInputStream from;
    private final Outbox outbox;
    private final Commands commands;
    private final Underway underway;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Inlet input = new Inlet(this::ask);
    private Optional<Terminal> terminal = Optional.empty();
    private Optional<Path> directory = Optional.empty();
    private volatile Optional<Thread> command = Optional.empty();

    Conversation(SocketChannel channel, Commands commands, Underway underway) {
        this.from = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.outbox = new Outbox(Channels.newOutputStream(channel), this::cancel);
        this.commands = commands;
        this.underway = underway;
    }

    /** Reads frames until the client goes away, which cancels the command if it still runs. */
    void serve(String user) throws IOException {
        Thread.ofVirtual().name("door outbox").start(outbox::run);
        try {
            while (true) {
                take(Frame.read(from), user);
            }
        } finally {
            outbox.abandon();
            cancel();
        }
    }

    /** Tells a client why it is not heard. */
    static void refuse(SocketChannel channel, String reason) throws IOException {
        OutputStream to = Channels.newOutputStream(channel);
        byte[] message = (" !     " + reason + "\n").getBytes(StandardCharsets.UTF_8);
        to.write(Frame.encode(Frame.ERR, message));
        to.write(Frame.encode(Frame.EXIT, code(1)));
    }

    private void cancel() {
        Optional<Thread> running = command;
        running.ifPresent(Thread::interrupt);
        input.end();
    }

    private static byte[] code(int exitCode) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(exitCode).array();
    }

    private void take(Frame frame, String user) throws IOException {
        switch (frame.type()) {
            case Frame.TERMINAL -> terminal = Optional.of(new Terminal(frame.text(), USUAL));
            case Frame.DIRECTORY -> directory = Optional.of(directory(frame.text()));
            case Frame.WORDS -> start(user, frame);
            case Frame.INPUT -> {
                asked.set(false);
                if (!input.offer(frame.payload())) {
                    throw new IOException("the client sent more input than it was asked for");
                }
            }
            case Frame.END -> input.end();
            case Frame.INTERRUPT -> command.ifPresent(Thread::interrupt);
            default -> throw new IOException("a frame of type " + frame.type());
        }
    }

    private static Path directory(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException("a directory that no file system has", e);
        }
    }

    private void start(String user, Frame frame) throws IOException {
        if (command.isPresent()) {
            throw new IOException("a second command");
        }
        Caller caller = new Caller(user, Caller.Door.LOCAL, terminal, directory);
        Runner.Streams streams =
                new Runner.Streams(input, new FrameStream(outbox, Frame.OUT), new FrameStream(outbox, Frame.ERR));
        // The client closes the connection once it has read the exit code.
        command = Optional.of(underway.start(
                "local command",
                () -> outbox.last(Frame.encode(
                        Frame.EXIT, code(Edge.run(streams, () -> commands.run(caller, frame.words(), streams)))))));
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            outbox.put(Frame.encode(Frame.WANTED, new byte[0]));
        }
    }
}
