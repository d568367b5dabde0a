package dev.slipway.sigil.eval;

import dev.slipway.sigil.syntax.Source;

/** Which part of a template wrote which part of an output. */
public final class Origins {
    private final int[] runs;

    Origins(int[] runs) {
        this.runs = runs;
    }

    /**
     * For each line of the output, the line of the user's template that wrote the first thing on it other than white space.
     *
     * @param output the bytes that were written
     */
    public int[] lines(Source source, String output) {
        int[] lines =
                new int[(int) output.chars().filter(letter -> letter == '\n').count() + 1];
        int line = 0;
        boolean settled = false;
        for (int run = 0; run < runs.length; run += 2) {
            int start = runs[run];
            int end = run + 2 < runs.length ? runs[run + 2] : output.length();
            boolean literal = (runs[run + 1] & 1) == 1;
            int origin = runs[run + 1] >> 1;
            for (int i = start; i < end; i++) {
                char letter = output.charAt(i);
                boolean blank = letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
                if (!settled && (!blank || lines[line] == 0)) {
                    lines[line] = source.userLine(literal ? origin + i - start : origin);
                    settled = !blank;
                }
                if (letter == '\n') {
                    line++;
                    settled = false;
                }
            }
        }
        return lines;
    }
}
