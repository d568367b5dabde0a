package dev.slipway.sigil;

import dev.slipway.sigil.eval.ExecutionError;
import dev.slipway.sigil.eval.Output;
import dev.slipway.sigil.eval.Walker;
import dev.slipway.sigil.functions.Function;
import dev.slipway.sigil.functions.SigilFunctions;
import dev.slipway.sigil.syntax.Delimiters;
import dev.slipway.sigil.syntax.Parser;
import dev.slipway.sigil.syntax.Source;
import dev.slipway.sigil.syntax.SyntaxError;
import dev.slipway.sigil.syntax.TreeSet;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Values;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed template: parse it once, render it as often as needed, from any thread.
 *
 * <pre>{@code
 * Template template = Template.parse(
 *         "greeting.sigil", "Hello {{ $NAME | upper }}!\n", List.of("NAME"), Mode.safe(tree, Bounds.standard()));
 * String text = template.render(Variables.of(Map.of("NAME", "joe"))).text(); // "Hello JOE!\n"
 * }</pre>
 *
 * <p>The language is Go's {@code text/template} with the functions and variables of gliderlabs/sigil 0.12.
 */
public final class Template {
    private final TreeSet trees;
    /** Names that the text mentions: they are in the dot, as nil, even if nobody gives them. */
    private final Set<String> mentioned;

    private final Mode mode;
    private final Dialect dialect;

    private Template(TreeSet trees, Set<String> mentioned, Mode mode, Dialect dialect) {
        this.trees = trees;
        this.mentioned = mentioned;
        this.mode = mode;
        this.dialect = dialect;
    }

    /**
     * Parses a template.
     *
     * @param name used in messages, for example {@code nginx.conf.sigil}
     * @param declared names that are variables, {@code $NAME}, beside those that the text itself mentions
     * @throws TemplateException if it is not a template; the message is Go's and has the line
     */
    public static Template parse(String name, String text, Collection<String> declared, Mode mode)
            throws TemplateException {
        List<String> names = declared.stream().map(Bytes::of).toList();
        return parse(Bytes.of(name), Bytes.of(text), names, new Setting(mode, Dialect.standard()));
    }

    /** Where and how a text is read. */
    record Setting(Mode mode, Dialect dialect) {}

    /** All strings are byte strings. */
    static Template parse(String name, String text, Collection<String> declared, Setting setting)
            throws TemplateException {
        return parse(name, text, text, declared, setting);
    }

    /** @param expanded the text after POSIX expansion, which comes after the text's variables were found */
    static Template parse(String name, String text, String expanded, Collection<String> declared, Setting setting)
            throws TemplateException {
        Set<String> mentioned = Preparation.mentioned(text);
        Set<String> names = new LinkedHashSet<>(declared);
        names.addAll(mentioned);
        Delimiters delimiters = new Delimiters(Bytes.of(setting.dialect.left()), Bytes.of(setting.dialect.right()));
        Source source = new Preparation(delimiters).prepare(name, expanded, names);
        Map<String, Function> functions = functions(setting.mode);
        int depth = setting.mode instanceof Mode.Safe safe ? safe.bounds().depth() : Integer.MAX_VALUE;
        try {
            TreeSet trees = new Parser(source, delimiters, functions::containsKey, depth).parse();
            return new Template(trees, mentioned, setting.mode, setting.dialect);
        } catch (SyntaxError error) {
            throw TemplateException.of(source, error);
        } catch (StackOverflowError tooDeep) {
            throw TemplateException.of("template: " + Bytes.text(name) + ":1: blocks nest too deeply");
        }
    }

    private static Map<String, Function> functions(Mode mode) {
        return switch (mode) {
            case Mode.Full ignored -> SigilFunctions.all();
            case Mode.Safe ignored -> SigilFunctions.safe();
        };
    }

    /**
     * Renders the template.
     *
     * @throws TemplateException if it fails; the message is Go's and has the line
     */
    public Rendering render(Variables variables) throws TemplateException {
        Map<@Nullable Object, @Nullable Object> dot = Values.entries(variables.values());
        return render(dot, new Session(mode, dialect, variables.environment()));
    }

    /** @param dot byte strings and template values; is changed */
    Rendering render(Map<@Nullable Object, @Nullable Object> dot, Session session) throws TemplateException {
        for (String name : mentioned) {
            dot.putIfAbsent(name, null);
        }
        Session inner = session.with(dot);
        try {
            Output output = Walker.run(trees, functions(mode), inner, inner.depth(), GoMap.ofStrings(dot));
            return Rendering.of(output, trees.source());
        } catch (ExecutionError error) {
            throw TemplateException.of(trees.source(), error);
        }
    }
}
