package dev.slipway.sigil.functions;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.text.ShellWords;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** sigil's {@code sh} and {@code httpget}, and their refusal where templates are not trusted. */
final class Outside {
    private Outside() {}

    static List<Function> all() {
        return List.of(function("sh", Outside::run), function("httpget", Outside::fetch));
    }

    /** Functions of the same names that only say no; {@code stdin} belongs to them. */
    static List<Function> refused() {
        Function stdin = new Function("stdin", List.of(), null, Result.BOXED, refusal("stdin"));
        return List.of(function("sh", refusal("sh")), function("httpget", refusal("httpget")), stdin);
    }

    private static Function.Body refusal(String name) {
        return (given, host) -> {
            throw new FunctionException(name + " is not available to an app's templates");
        };
    }

    private static Function function(String name, Function.Body body) {
        return new Function(name, List.of(Parameter.ANY), null, Result.BOXED, body);
    }

    private static String run(@Nullable Object[] given, Host host) {
        List<String> words = ShellWords.split(Given.text(given[0], "sh", host.budget()));
        if (words.isEmpty()) {
            throw new FunctionException("runtime error: index out of range [0] with length 0");
        }
        Map<String, String> environment = host.environment();
        List<String> command = new ArrayList<>();
        words.forEach(word -> command.add(Bytes.text(word)));
        command.set(0, locate(command.getFirst(), host));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(host.files().directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return output(builder);
    }

    private static String output(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            String output = Bytes.of(process.getInputStream().readAllBytes());
            int status = process.waitFor();
            if (status != 0) {
                throw new FunctionException("exit status " + status);
            }
            return output;
        } catch (IOException failure) {
            throw new FunctionException(Bytes.of(String.valueOf(failure.getMessage())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FunctionException("signal: interrupt");
        }
    }

    private static String locate(String program, Host host) {
        if (program.indexOf(0) >= 0) {
            throw notFound(program);
        }
        Path directory = host.files().directory();
        if (program.indexOf('/') >= 0) {
            Path file = directory.resolve(program);
            if (isExecutable(file)) {
                return file.toString();
            }
            String reason = !Files.exists(file)
                    ? "stat " + program + ": no such file or directory"
                    : Files.isDirectory(file) ? "is a directory" : "permission denied";
            throw new FunctionException("exec: " + Quoting.quote(Bytes.of(program)) + ": " + Bytes.of(reason));
        }
        for (String place : host.environment().getOrDefault("PATH", "").split(":", -1)) {
            Path file = directory.resolve(place).resolve(program);
            if (isExecutable(file)) {
                return file.toString();
            }
        }
        throw notFound(program);
    }

    private static FunctionException notFound(String program) {
        return new FunctionException(
                "exec: " + Quoting.quote(Bytes.of(program)) + ": executable file not found in $PATH");
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Stream fetch(@Nullable Object[] given, Host host) {
        String address = Bytes.text(Given.text(given[0], "httpget", host.budget()));
        String problem = "Get \"" + address + "\": ";
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            URI uri = URI.create(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new FunctionException(Bytes.of(problem + "unsupported protocol scheme \"" + scheme + "\""));
            }
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Stream(new ByteArrayInputStream(response.body()), "<" + Bytes.of(address) + ">");
        } catch (ConnectException refused) {
            throw new FunctionException(Bytes.of(problem + connectProblem(URI.create(address))));
        } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
            throw new FunctionException(Bytes.of(problem + failure.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FunctionException(Bytes.of(problem + "interrupted"));
        }
    }

    private static String connectProblem(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return "dial tcp " + uri.getHost() + ":" + port + ": connect: connection refused";
    }
}
