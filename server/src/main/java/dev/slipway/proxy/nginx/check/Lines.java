package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.TemplateReport.Difference;
import java.util.ArrayList;
import java.util.List;

/** The lines by which a template differs from the one it was made from: what is outside their longest common subsequence. */
final class Lines {

    /** So much of the default template is still in what was made from it, by the hundred of its lines. */
    private static final int DERIVED = 60;

    /** The table of the comparison has so many fields at most; nobody's own template comes near. */
    private static final long LARGEST = 4_000_000;

    private final List<Line> before;
    private final List<Line> after;
    private final int[][] common;

    /** @param text without what blanks alone make different */
    private record Line(int number, String text) {}

    private Lines(List<Line> before, List<Line> after) {
        this.before = before;
        this.after = after;
        this.common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = same(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /** Nothing if a template was not made from the other, or is too large to tell. */
    static List<Difference> differences(String before, String after) {
        List<Line> old = lines(before);
        List<Line> now = lines(after);
        if ((old.size() + 1L) * (now.size() + 1L) > LARGEST) {
            return List.of();
        }
        Lines lines = new Lines(old, now);
        return lines.common[0][0] * 100L >= (long) DERIVED * old.size() ? lines.differences() : List.of();
    }

    private List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && same(i, j)) {
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                differences.add(difference(false, before.get(i++)));
            } else {
                differences.add(difference(true, after.get(j++)));
            }
        }
        return differences;
    }

    private boolean same(int i, int j) {
        return before.get(i).text().equals(after.get(j).text());
    }

    private static Difference difference(boolean added, Line line) {
        return new Difference(added, line.number(), line.text());
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String plain = line.strip().replaceAll("\\s+", " ");
            if (!plain.isEmpty()) {
                lines.add(new Line(number, plain));
            }
        }
        return lines;
    }
}
