package dev.slipway.sigil;

import dev.slipway.sigil.functions.Host;
import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.Stream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering with all that it includes: what its functions may reach, and what is left of its bounds. */
final class Session implements Host {
    private final Reach reach;
    private final int depth;
    private final Map<String, String> outer;
    private final Map<@Nullable Object, @Nullable Object> dot;
    private @Nullable Map<String, String> environment;

    /** What all renderings of a session share. */
    private record Reach(Mode mode, Dialect dialect, Budget budget, TemplateFiles files) {}

    Session(Mode mode, Dialect dialect, Map<String, String> environment) {
        this(new Reach(mode, dialect, budget(mode), files(mode)), -1, environment, Map.of());
    }

    private Session(Reach reach, int depth, Map<String, String> outer, Map<@Nullable Object, @Nullable Object> dot) {
        this.reach = reach;
        this.depth = depth;
        this.outer = outer;
        this.dot = dot;
    }

    private static Budget budget(Mode mode) {
        return switch (mode) {
            case Mode.Full ignored -> Budget.unlimited();
            case Mode.Safe safe ->
                new Budget(
                        safe.bounds().steps(),
                        safe.bounds().outputBytes(),
                        safe.bounds().depth(),
                        safe.bounds().time());
        };
    }

    private static TemplateFiles files(Mode mode) {
        return switch (mode) {
            case Mode.Full full -> new SearchPath(full.directory(), full.searchPath());
            case Mode.Safe safe -> new TreeFiles(safe.tree(), safe.bounds().outputBytes());
        };
    }

    /** This session for a template with these variables, the strings of which are in its environment. */
    Session with(Map<@Nullable Object, @Nullable Object> variables) {
        return new Session(reach, depth + 1, environment(), variables);
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public Budget budget() {
        return reach.budget;
    }

    @Override
    public Map<String, String> environment() {
        if (dot.isEmpty()) {
            return outer;
        }
        if (environment == null) {
            Map<String, String> merged = new HashMap<>(outer);
            dot.forEach((name, value) -> {
                if (name instanceof String key && value instanceof String text) {
                    merged.put(Bytes.text(key), Bytes.text(text));
                }
            });
            environment = merged;
        }
        return environment;
    }

    @Override
    public TemplateFiles files() {
        return reach.files;
    }

    @Override
    public Stream stdin() {
        return switch (reach.mode) {
            case Mode.Full full -> new Stream(full.input(), "<stdin>");
            case Mode.Safe ignored -> new Stream(InputStream.nullInputStream(), "<stdin>");
        };
    }

    @Override
    public String render(String text, String name, Map<@Nullable Object, @Nullable Object> variables) {
        int maxDepth = reach.budget.maxDepth();
        if (depth >= maxDepth) {
            throw new FunctionException("exceeded maximum template depth (" + maxDepth + ")");
        }
        try {
            return new Sigil(reach.mode, reach.dialect)
                    .execute(text, name, variables, this)
                    .byteString();
        } catch (TemplateException failure) {
            throw new FunctionException(Bytes.of(String.valueOf(failure.getMessage())));
        }
    }
}
