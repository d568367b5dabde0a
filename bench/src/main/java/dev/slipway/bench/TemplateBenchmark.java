package dev.slipway.bench;

import dev.slipway.sigil.Bounds;
import dev.slipway.sigil.Template;
import dev.slipway.sigil.TemplateException;
import dev.slipway.sigil.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The platform's default template with the variables of the tutorial's app: read, filled in, and both. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TemplateBenchmark {

    private final String text;
    private final Map<String, String> variables;
    private final Template parsed;

    /** JMH's own subclass has no place for a checked exception. */
    public TemplateBenchmark() {
        text = text("/dev/slipway/proxy/nginx/nginx.conf.sigil");
        variables = variables(text("/dev/slipway/bench/variables.txt"));
        try {
            parsed = parse(text, variables);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public Template parse() throws TemplateException {
        return parse(text, variables);
    }

    @Benchmark
    public String render() throws TemplateException {
        return render(parsed);
    }

    /** What the platform does for a site. */
    @Benchmark
    public String parseAndRender() throws TemplateException {
        return render(parse());
    }

    private static Template parse(String text, Map<String, String> variables) throws TemplateException {
        return Template.parse(
                "nginx.conf.sigil",
                text,
                variables.keySet(),
                dev.slipway.sigil.Mode.safe(Path.of("/nonexistent"), Bounds.standard()));
    }

    private String render(Template template) throws TemplateException {
        return template.render(Variables.of(variables)).squeezeBlankLines().text();
    }

    private static Map<String, String> variables(String lines) {
        return lines.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    private static String text(String resource) {
        try (InputStream file = TemplateBenchmark.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
