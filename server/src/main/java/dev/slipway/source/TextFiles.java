package dev.slipway.source;

import dev.slipway.model.UserException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the tree's name and a few small text files, in the order in which they were asked for. */
final class TextFiles implements BatchReply.Sink {

    /** One mebibyte: a Procfile or a template that is larger is a mistake. */
    private static final long LARGEST = 1 << 20;

    private final List<String> paths;
    private final String directory;
    private final Map<String, String> files = new HashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String treeId = "";
    private boolean wanted;
    /** −1 is the tree, which is asked for first. */
    private int at = -1;

    /** @param directory what the tree is called that the paths are in; empty for the whole */
    TextFiles(List<String> paths, String directory) {
        this.paths = paths;
        this.directory = directory;
    }

    Contents contents() {
        return new Contents(treeId, files);
    }

    @Override
    public void begin(String type, String id, long size) {
        if (at < 0) {
            if (!type.equals("tree")) {
                throw UserException.invalid(
                        "The repository has no directory " + directory + ", which builder:set build-dir names");
            }
            treeId = id;
        } else {
            wanted = wants(paths.get(at), type, size);
        }
    }

    private static boolean wants(String path, String type, long size) {
        return switch (type) {
            case "blob" -> {
                if (size > LARGEST) {
                    throw UserException.invalid(path + " has " + size + " bytes; at most " + LARGEST + " are read");
                }
                yield true;
            }
            case "missing", "notdir" -> false;
            case "symlink", "dangling", "loop" ->
                throw UserException.invalid(path + " is a link that leads to no file of the repository");
            default -> throw UserException.invalid(path + " is not a file");
        };
    }

    @Override
    public void bytes(byte[] from, int offset, int length) {
        if (wanted) {
            bytes.write(from, offset, length);
        }
    }

    @Override
    public void end() {
        if (wanted) {
            files.put(paths.get(at), text(paths.get(at)));
            bytes.reset();
            wanted = false;
        }
        at++;
    }

    private String text(String path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UserException(UserException.Kind.INVALID, path + " is not UTF-8 text", e);
        }
    }
}
