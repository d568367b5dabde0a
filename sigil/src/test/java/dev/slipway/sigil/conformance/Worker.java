package dev.slipway.sigil.conformance;

import dev.slipway.sigil.eval.ExecutionError;
import dev.slipway.sigil.eval.Walker;
import dev.slipway.sigil.functions.GoFunctions;
import dev.slipway.sigil.functions.Host;
import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.json.JsonWriter;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.syntax.Delimiters;
import dev.slipway.sigil.syntax.Parser;
import dev.slipway.sigil.syntax.Source;
import dev.slipway.sigil.syntax.SyntaxError;
import dev.slipway.sigil.syntax.TreeSet;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Stream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers one JSON request a line: {@code {"id","kind":"go","template","data"}} or
 * {@code {"id","kind":"sigil","argv","env","cwd","stdin"}}, with {@code {"id","out"}} or {@code {"id","error"}}.
 */
public final class Worker {
    private static final Budget NO_LIMIT = Budget.unlimited();

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        Thread thread = new Thread(null, Worker::serve, "worker", 1L << 30);
        thread.start();
        thread.join();
    }

    private static void serve() {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.ISO_8859_1);
        try (BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                answers.println(answer(line));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String answer(String line) {
        GoMap request = (GoMap) Objects.requireNonNull(JsonReader.read(line, NO_LIMIT));
        Map<@Nullable Object, @Nullable Object> answer = new HashMap<>();
        answer.put("id", request.get("id"));
        try {
            answer.put(
                    "out_b64",
                    base64("go".equals(request.get("kind")) ? go(line, request) : SigilRequest.answer(request)));
        } catch (SyntaxError error) {
            answer.put("error", "template: vec:" + error.line() + ": " + error.getMessage());
        } catch (ExecutionError | FunctionException error) {
            answer.put("error", error.getMessage());
        }
        return JsonWriter.write(GoMap.ofStrings(answer), NO_LIMIT);
    }

    private static String base64(String bytes) {
        return Base64.getEncoder().encodeToString(Bytes.array(bytes));
    }

    private static String go(String line, GoMap request) {
        String text = (String) Objects.requireNonNull(request.get("template"));
        TreeSet trees = new Parser(
                        Source.of("vec", text), Delimiters.DEFAULT, GoFunctions.all()::containsKey, Integer.MAX_VALUE)
                .parse();
        Object data = WholeNumbers.restore(line).get("data");
        return Walker.run(trees, GoFunctions.all(), new NoHost(), data).bytes();
    }

    /** text/template alone reaches nothing outside. */
    private record NoHost() implements Host {
        @Override
        public Budget budget() {
            return NO_LIMIT;
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public TemplateFiles files() {
            throw new FunctionException("no files");
        }

        @Override
        public Stream stdin() {
            throw new FunctionException("no input");
        }

        @Override
        public String render(String text, String name, Map<@Nullable Object, @Nullable Object> variables) {
            throw new FunctionException("no render");
        }
    }

    /** A number that the request writes without a point or an exponent is a Go int. */
    private static final class WholeNumbers {
        private final String line;
        private int position;

        private WholeNumbers(String line) {
            this.line = line;
        }

        static GoMap restore(String line) {
            return (GoMap) Objects.requireNonNull(new WholeNumbers(line).value());
        }

        private @Nullable Object value() {
            skip();
            int start = position;
            char first = line.charAt(position);
            if (first == '{') {
                return map();
            }
            if (first == '[') {
                return list();
            }
            if (first == '"') {
                position++;
                while (line.charAt(position) != '"') {
                    position += line.charAt(position) == '\\' ? 2 : 1;
                }
                position++;
            } else {
                while (position < line.length() && ",]} \t".indexOf(line.charAt(position)) < 0) {
                    position++;
                }
            }
            String text = line.substring(start, position);
            boolean whole = text.matches("-?[0-9]+");
            return whole ? (Object) Long.valueOf(text) : JsonReader.read(text, NO_LIMIT);
        }

        private GoMap map() {
            Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
            position++;
            for (skip(); line.charAt(position) != '}'; skip()) {
                Object key = value();
                skip();
                entries.put(key, value());
            }
            position++;
            return GoMap.ofStrings(entries);
        }

        private GoList list() {
            List<@Nullable Object> elements = new ArrayList<>();
            position++;
            for (skip(); line.charAt(position) != ']'; skip()) {
                elements.add(value());
            }
            position++;
            return elements.isEmpty() ? GoList.of(elements) : GoList.appended(elements);
        }

        /** Spaces and the separators between values. */
        private void skip() {
            while (" \t:,".indexOf(line.charAt(position)) >= 0) {
                position++;
            }
        }
    }
}
