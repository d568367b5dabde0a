package dev.slipway.sigil.eval;

import dev.slipway.sigil.limit.Budget;
import java.util.Arrays;

/** What a rendering has written, and which part of the template wrote it. */
public final class Output {
    private final Budget budget;
    private final StringBuilder text = new StringBuilder(4096);
    /** Pairs: where a run of output starts, and twice the template's position, plus one for literal text. */
    private int[] runs = new int[256];

    private int count;

    Output(Budget budget) {
        this.budget = budget;
    }

    /** Literal text: its lines are the template's own. */
    void literal(int position, String bytes) {
        run(2 * position + 1, bytes);
    }

    /** The value of an action: all its lines are the action's. */
    void value(int position, String bytes) {
        run(2 * position, bytes);
    }

    private void run(int origin, String bytes) {
        if (bytes.isEmpty()) {
            return;
        }
        budget.size((long) text.length() + bytes.length());
        budget.made(bytes.length());
        budget.elements(1);
        if (count + 2 > runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
        }
        runs[count++] = text.length();
        runs[count++] = origin;
        text.append(bytes);
    }

    /** The output, as bytes. */
    public String bytes() {
        return text.toString();
    }

    /** A map from the output's lines to the template's. */
    public Origins origins() {
        return new Origins(Arrays.copyOf(runs, count));
    }
}
