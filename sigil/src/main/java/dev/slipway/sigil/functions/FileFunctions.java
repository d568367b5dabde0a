package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.functions.TemplateFiles.Entry;
import dev.slipway.sigil.text.Base64;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** sigil's functions on files, and those that read a file or a stream. */
final class FileFunctions {
    private FileFunctions() {}

    static List<Function> all() {
        return List.of(
                reading("file", text -> text),
                reading("text", text -> text),
                reading("base64enc", Base64::encode),
                reading("base64dec", Base64::decode),
                of(
                        "exists",
                        Result.TYPED,
                        (given, host) -> host.files().has(Given.text(given[0], "exists", host.budget()))),
                listing("dir", entry -> true),
                listing("dirs", Entry::isDirectory),
                listing("files", entry -> !entry.isDirectory()),
                new Function("stdin", List.of(), null, Result.BOXED, (given, host) -> host.stdin()));
    }

    private interface Work {
        String apply(String text);
    }

    private static Function of(String name, Result result, Function.Body body) {
        return new Function(name, List.of(Parameter.ANY), null, result, body);
    }

    private static Function reading(String name, Work work) {
        return of(name, Result.BOXED, (given, host) -> {
            String made = work.apply(read(given[0], host));
            host.budget().made(made.length());
            return made;
        });
    }

    /** The content of a stream, or of the file that a path names. */
    static String read(@Nullable Object source, Host host) {
        if (source instanceof Stream stream) {
            return Given.read(stream, host.budget());
        }
        if (!(source instanceof String path)) {
            throw new FunctionException("file must be stream or path string");
        }
        String content = host.files().read(host.files().find(path));
        host.budget().made(content.length());
        return content;
    }

    private static Function listing(String name, Predicate<Entry> wanted) {
        return of(name, Result.TYPED, (given, host) -> {
            List<@Nullable Object> names = new ArrayList<>();
            for (Entry entry : host.files().list(Given.text(given[0], name, host.budget()))) {
                host.budget().step();
                if (wanted.test(entry)) {
                    names.add(entry.name());
                }
            }
            return GoList.appended(names);
        });
    }
}
