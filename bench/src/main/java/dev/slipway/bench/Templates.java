package dev.slipway.bench;

import java.util.Collection;
import java.util.Comparator;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link TemplateBenchmark} as JMH does, in virtual machines of its own. */
final class Templates {

    private Templates() {}

    static String measure() {
        Options options = new OptionsBuilder()
                .include(TemplateBenchmark.class.getName())
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return table(new Runner(options).run());
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String table(Collection<RunResult> results) {
        Table table = new Table("the default template", "µs", "± (99.9 %)");
        results.stream()
                .sorted(Comparator.comparing(result -> result.getPrimaryResult().getLabel()))
                .forEach(result -> table.row(
                        result.getPrimaryResult().getLabel(),
                        "%.0f".formatted(result.getPrimaryResult().getScore()),
                        "%.0f".formatted(result.getPrimaryResult().getScoreError())));
        return table.text();
    }
}
