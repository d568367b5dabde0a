package dev.slipway.sigil;

import dev.slipway.sigil.posix.PosixExpansion;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the {@code sigil} command does with one text and one set of variables. */
public final class Sigil {
    private final Mode mode;
    private final Dialect dialect;

    public Sigil(Mode mode, Dialect dialect) {
        this.mode = mode;
        this.dialect = dialect;
    }

    /**
     * Renders a text.
     *
     * @param text the template, one char for each byte
     * @param name for messages
     * @param variables by byte strings, with template values
     * @param environment the process's
     * @throws TemplateException if it is no template or fails
     */
    public Rendering execute(
            String text,
            String name,
            Map<@Nullable Object, @Nullable Object> variables,
            Map<String, String> environment)
            throws TemplateException {
        return execute(text, Bytes.of(name), variables, new Session(mode, dialect, environment));
    }

    Rendering execute(String text, String name, Map<@Nullable Object, @Nullable Object> variables, Session session)
            throws TemplateException {
        checkEnvironment(variables);
        Map<@Nullable Object, @Nullable Object> dot = new HashMap<>(variables);
        String expanded = dialect.posix() ? expand(text, session.with(dot).environment()) : text;
        Template.Draft draft = new Template.Draft(name, text, expanded);
        Template template = Template.parse(draft, names(dot.keySet()), new Template.Setting(mode, dialect));
        return template.render(dot, session);
    }

    private static String expand(String text, Map<String, String> environment) throws TemplateException {
        try {
            return new PosixExpansion(new HashMap<>(environment)).expand(text);
        } catch (FunctionException failure) {
            throw TemplateException.of(Bytes.text(String.valueOf(failure.getMessage())));
        }
    }

    private static List<String> names(Collection<@Nullable Object> keys) {
        List<String> names = new ArrayList<>();
        for (Object key : keys) {
            names.add((String) Objects.requireNonNull(key));
        }
        names.sort(null);
        return names;
    }

    /** sigil exports string variables, and the environment does not take every name. */
    private static void checkEnvironment(Map<@Nullable Object, @Nullable Object> variables) throws TemplateException {
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : variables.entrySet()) {
            if (entry.getKey() instanceof String name
                    && entry.getValue() instanceof String value
                    && (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0 || value.indexOf(0) >= 0)) {
                throw TemplateException.of("setenv: invalid argument");
            }
        }
    }
}
