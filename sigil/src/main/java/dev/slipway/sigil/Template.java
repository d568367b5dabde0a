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
    /** A tree takes some fifty times the memory of its text, so a text that somebody pushed is bounded. */
    private static final int MAX_PUSHED_BYTES = 1 << 20;

    private final TreeSet trees;
    /** Names that the text mentions: they are in the dot, as nil, even if nobody gives them. */
    private final Set<String> mentioned;

    private final Setting setting;

    private Template(TreeSet trees, Set<String> mentioned, Setting setting) {
        this.trees = trees;
        this.mentioned = mentioned;
        this.setting = setting;
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
        Setting setting = new Setting(mode, Dialect.standard());
        return parse(new Draft(Bytes.of(name), Bytes.of(text), Bytes.of(text)), names, setting);
    }

    /** Where and how a text is read. */
    record Setting(Mode mode, Dialect dialect) {
        private Delimiters delimiters() {
            return new Delimiters(Bytes.of(dialect.left()), Bytes.of(dialect.right()));
        }

        private int depth() {
            return mode instanceof Mode.Safe safe ? safe.bounds().depth() : Integer.MAX_VALUE;
        }
    }

    /**
     * A text that is to be a template, in byte strings.
     *
     * @param written in it the variables are looked for
     * @param expanded after POSIX expansion: what is parsed
     */
    record Draft(String name, String written, String expanded) {}

    /** @param declared byte strings */
    static Template parse(Draft draft, Collection<String> declared, Setting setting) throws TemplateException {
        if (setting.mode instanceof Mode.Safe && draft.expanded.length() > MAX_PUSHED_BYTES) {
            throw TemplateException.of(
                    "template: " + draft.name + ":1: the template is larger than " + MAX_PUSHED_BYTES + " bytes");
        }
        Set<String> mentioned = Preparation.mentioned(draft.written);
        Set<String> names = new LinkedHashSet<>(declared);
        names.addAll(mentioned);
        Delimiters delimiters = setting.delimiters();
        Source source = new Preparation(delimiters).prepare(draft.name, draft.expanded, names);
        Map<String, Function> functions = functions(setting.mode);
        try {
            TreeSet trees = new Parser(source, delimiters, functions::containsKey, setting.depth()).parse();
            return new Template(trees, mentioned, setting);
        } catch (SyntaxError error) {
            throw TemplateException.of(source, error);
        } catch (StackOverflowError tooDeep) {
            throw TemplateException.of("template: " + draft.name + ":1: blocks nest too deeply");
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
        return render(dot, new Session(setting.mode, setting.dialect, variables.environment()));
    }

    /** @param dot byte strings and template values; is changed */
    Rendering render(Map<@Nullable Object, @Nullable Object> dot, Session session) throws TemplateException {
        for (String name : mentioned) {
            dot.putIfAbsent(name, null);
        }
        Session inner = session.with(dot);
        try {
            Output output = Walker.run(trees, functions(setting.mode), inner, GoMap.ofStrings(dot));
            return Rendering.of(output, trees.source());
        } catch (ExecutionError error) {
            throw TemplateException.of(trees.source(), error);
        }
    }
}
