package dev.slipway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.UserException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes through the local door in both directions: a type, a length of four bytes, and as many bytes.
 *
 * <p>Client to server: {@link #WORDS} once, {@link #DIRECTORY} and, where there is one, {@link #TERMINAL} before it, {@link #INPUT} or
 * {@link #END} once for each {@link #WANTED}, {@link #INTERRUPT} at any time. Server to client: {@link #OUT}, {@link #ERR}, {@link #WANTED}, at last {@link #EXIT}.
 * The client is {@code bin/lib/door.pl}: whoever changes the one changes the other.
 */
public final class Frame {

    /** The words of the command: how many, then each with its length. */
    public static final byte WORDS = 'W';

    /** The caller's working directory: what the names of files among the words are relative to. */
    public static final byte DIRECTORY = 'D';

    /** The type of the terminal that the caller sits at. */
    public static final byte TERMINAL = 'T';

    /** Bytes of standard input. */
    public static final byte INPUT = 'I';

    /** The end of standard input. */
    public static final byte END = 'E';

    /** ^C. */
    public static final byte INTERRUPT = 'C';

    /** Bytes for standard output. */
    public static final byte OUT = 'O';

    /** Bytes for standard error. */
    public static final byte ERR = 'R';

    /** The command reads: send some input. A client that is not asked leaves its standard input to whoever comes next. */
    public static final byte WANTED = 'N';

    /** The exit code, four bytes; the last frame. */
    public static final byte EXIT = 'X';

    /** The longest command, in bytes of all its words. */
    public static final int MOST_WORDS = 1 << 20;

    /** The most bytes of a stream in one frame. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int HEADER = 5;

    private final byte type;
    private final byte[] payload;

    private Frame(byte type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    public byte type() {
        return type;
    }

    /** The bytes themselves, not a copy: the reader is their one owner. */
    public byte[] payload() {
        return payload;
    }

    /** Where the socket of a data directory is. */
    public static Path socket(Path data) {
        return data.resolve("run").resolve("door").resolve("socket");
    }

    /**
     * Reads a frame.
     *
     * @throws EOFException if the other side has gone
     * @throws IOException for a frame that is longer than any may be
     */
    public static Frame read(DataInputStream from) throws IOException {
        byte type = from.readByte();
        int length = from.readInt();
        int most = type == WORDS ? 2 * MOST_WORDS : MOST_BYTES;
        if (length < 0 || length > most) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] payload = new byte[length];
        from.readFully(payload);
        return new Frame(type, payload);
    }

    /** A frame as it goes over the wire. */
    public static byte[] encode(byte type, byte[] from, int offset, int length) {
        return ByteBuffer.allocate(HEADER + length)
                .put(type)
                .putInt(length)
                .put(from, offset, length)
                .array();
    }

    public static byte[] encode(byte type, byte[] payload) {
        return encode(type, payload, 0, payload.length);
    }

    /**
     * The words of a {@link #WORDS} frame.
     *
     * @throws UserException if they are not UTF-8, more than {@value #MOST_WORDS} bytes, or not as long as they say
     */
    public List<String> words() {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        try {
            int count = bytes.getInt();
            if (bytes.remaining() - (long) Integer.BYTES * count > MOST_WORDS) {
                throw UserException.invalid("The command is longer than " + MOST_WORDS + " bytes");
            }
            List<String> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int length = bytes.getInt();
                words.add(UTF_8.newDecoder()
                        .decode(bytes.slice(bytes.position(), length))
                        .toString());
                bytes.position(bytes.position() + length);
            }
            return words;
        } catch (CharacterCodingException e) {
            throw UserException.invalid("The command is not valid UTF-8 text");
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw UserException.invalid("The command arrived damaged");
        }
    }

    public String text() {
        return new String(payload, UTF_8);
    }

    /** The exit code of an {@link #EXIT} frame. */
    public int exitCode() {
        return ByteBuffer.wrap(payload).getInt();
    }
}
