package dev.slipway.sigil;

import dev.slipway.sigil.eval.Origins;
import dev.slipway.sigil.eval.Output;
import dev.slipway.sigil.syntax.Source;
import dev.slipway.sigil.value.Bytes;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a template came to, and for each of its lines the template's line that wrote it. */
public final class Rendering {
    private final String bytes;
    private final Supplier<int[]> origins;
    private int @Nullable [] lines;

    private Rendering(String bytes, Supplier<int[]> origins) {
        this.bytes = bytes;
        this.origins = origins;
    }

    static Rendering of(Output output, Source source) {
        String bytes = output.bytes();
        Origins origins = output.origins();
        return new Rendering(bytes, () -> origins.lines(source, bytes));
    }

    /** The text; bytes that are not UTF-8 read as U+FFFD. */
    public String text() {
        return Bytes.text(bytes);
    }

    /** The bytes, as a template may have made some that are no text. */
    public byte[] bytes() {
        return Bytes.array(bytes);
    }

    /** One char for each byte. */
    String byteString() {
        return bytes;
    }

    /**
     * The line of the template that wrote a line of the text: the first thing on it other than white space.
     *
     * @param renderedLine from 1; what is outside the text counts as its nearest line
     * @return from 1
     */
    public int templateLine(int renderedLine) {
        int[] all = lines();
        return Math.max(1, all[Math.clamp(renderedLine - 1, 0, all.length - 1)]);
    }

    private synchronized int[] lines() {
        if (lines == null) {
            lines = origins.get();
        }
        return lines;
    }

    /** This rendering with runs of empty lines made one, as {@code cat -s} does. */
    public Rendering squeezeBlankLines() {
        StringBuilder squeezed = new StringBuilder(bytes.length());
        int[] all = lines();
        int[] kept = new int[all.length];
        int count = 0;
        boolean blankBefore = false;
        int line = 0;
        for (int start = 0; start <= bytes.length(); line++) {
            int end = bytes.indexOf('\n', start);
            boolean last = end < 0;
            end = last ? bytes.length() : end;
            boolean blank = end == start && !last;
            if (!blank || !blankBefore) {
                squeezed.append(bytes, start, end).append(last ? "" : "\n");
                kept[count++] = all[line];
            }
            blankBefore = blank;
            start = last ? bytes.length() + 1 : end + 1;
        }
        int[] found = Arrays.copyOf(kept, count);
        return new Rendering(squeezed.toString(), () -> found);
    }
}
