package dev.slipway.bench;

import java.util.Arrays;
import java.util.List;

/** The smallest, the middle and the largest of several measurements: the middle one is what a noisy machine moves least. */
record Spread(double least, double median, double most) {

    static Spread of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** @param digits behind the point */
    String text(int digits) {
        String number = "%." + digits + "f";
        return (number + " (" + number + "–" + number + ")").formatted(median, least, most);
    }
}
