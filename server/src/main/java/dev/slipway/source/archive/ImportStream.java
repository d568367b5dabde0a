package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a tree in the words of {@code git fast-import}, within bounds: nothing of an archive ever becomes a file of this machine before
 * git has it.
 *
 * @see <a href="https://git-scm.com/docs/git-fast-import">git fast-import</a>
 */
final class ImportStream {

    private static final int LONGEST_LINK = 4096;

    private final OutputStream out;
    private final ArchiveLimits limits;
    private final Map<EntryPath, String> links = new LinkedHashMap<>();

    /** How long the files are that came so far: what is a second name of one of them is laid out once more. */
    private final Map<EntryPath, Long> sizes = new HashMap<>();

    private final byte[] buffer = new byte[64 * 1024];
    private int files;
    private long bytes;

    /** @param ref what the commit is called while it is being judged */
    ImportStream(OutputStream out, String ref, ArchiveLimits limits) throws IOException {
        this.out = out;
        this.limits = limits;
        write("commit " + ref + "\ncommitter Slipway <slipway@localhost> 0 +0000\ndata 0\n\n");
    }

    /** @param size what the archive says; a file that is longer or shorter is refused */
    void file(EntryPath path, boolean executable, long size, InputStream content) throws IOException {
        if (size < 0) {
            throw UserException.invalid("The archive does not say how long " + path.value() + " is");
        }
        count(size);
        write("M " + (executable ? "100755" : "100644") + " inline " + path.quoted() + "\ndata " + size + "\n");
        copy(path, size, content);
        write("\n");
        enter(path);
        sizes.put(path, size);
    }

    private void copy(EntryPath path, long size, InputStream content) throws IOException {
        long left = size;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw UserException.invalid("The archive is damaged: " + path.value() + " ends too early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        if (content.read() >= 0) {
            throw UserException.invalid("The archive is damaged: " + path.value() + " is longer than it says");
        }
    }

    void link(EntryPath path, String target) throws IOException {
        byte[] text = target.getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_LINK || target.chars().anyMatch(Character::isISOControl)) {
            throw UserException.invalid("The archive holds a link at " + path.value() + " that leads nowhere");
        }
        path.refuseLeadingOut(target, 0);
        count(text.length);
        enter(path);
        links.put(path, target);
        write("M 120000 inline " + path.quoted() + "\ndata " + text.length + "\n");
        out.write(text);
        write("\n");
    }

    /** A second name of a file that came earlier; directories have none, or a few entries could hold each other without end. */
    void same(EntryPath path, EntryPath original) throws IOException {
        Long size = sizes.get(original);
        if (size == null) {
            throw UserException.invalid("The archive holds " + path.value() + " as a second name of " + original.value()
                    + ", which is no file that came before it");
        }
        count(size);
        enter(path);
        write("C " + original.quoted() + " " + path.quoted() + "\n");
        sizes.put(path, size);
    }

    /** What was a file is a directory as soon as something is below it. */
    private void enter(EntryPath path) {
        for (int end = path.value().lastIndexOf('/');
                end > 0;
                end = path.value().lastIndexOf('/', end - 1)) {
            sizes.remove(new EntryPath(path.value().substring(0, end)));
        }
        sizes.remove(path);
    }

    private void count(long size) {
        limits.refuseFiles(++files);
        bytes += size;
        limits.refuseBytes(bytes, "What the archive holds");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the stream, so that one that was cut off is told from it. */
    SourceTree finish() throws IOException {
        if (files == 0) {
            throw UserException.invalid("The archive holds no file");
        }
        write("\ndone\n");
        return new SourceTree(Map.copyOf(links));
    }
}
