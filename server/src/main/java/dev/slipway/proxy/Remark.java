package dev.slipway.proxy;

import java.util.List;

/**
 * Something to mend in an app's own template.
 *
 * @param lines of the template that it holds for, in order; none if it is about the whole
 * @param what one line
 * @param why what comes of it; one or more lines
 * @param mend what to write instead; one or more lines
 * @param note whether it may well be meant as it is: told to those who ask, and not at each push
 */
public record Remark(List<Integer> lines, String what, String why, String mend, boolean note) {

    public Remark {
        lines = lines.stream().distinct().sorted().toList();
    }

    public static Remark at(int line, String what, String why, String mend) {
        return new Remark(List.of(line), what, why, mend, false);
    }

    /** One that is about the template as a whole. */
    public static Remark whole(String what, String why, String mend) {
        return new Remark(List.of(), what, why, mend, false);
    }

    /** The same, as one that may well be meant as it is. */
    public Remark asNote() {
        return new Remark(lines, what, why, mend, true);
    }

    /** The same for other lines. */
    public Remark on(List<Integer> others) {
        return new Remark(others, what, why, mend, note);
    }

    /** {@code nginx.conf.sigil:87: what (also line 131)}, so that an editor can go there. */
    public String headline(String file) {
        if (lines.isEmpty()) {
            return file + ": " + what;
        }
        List<String> more = lines.stream().skip(1).map(String::valueOf).toList();
        String also = more.isEmpty()
                ? ""
                : " (also line%s %s)".formatted(more.size() > 1 ? "s" : "", String.join(", ", more));
        return file + ":" + lines.getFirst() + ": " + what + also;
    }
}
