package dev.slipway.sigil.command;

import dev.slipway.sigil.Dialect;
import dev.slipway.sigil.Mode;
import dev.slipway.sigil.Rendering;
import dev.slipway.sigil.Sigil;
import dev.slipway.sigil.TemplateException;
import dev.slipway.sigil.command.Options.UsageException;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of {@code sigil}: renders a file, an inline text or the standard input with variables from files and arguments. */
public final class SigilCommand {
    private static final String VERSION = "0.12.1";
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Path directory;
    private final Map<String, String> environment;
    private final InputStream input;
    private final PrintStream output;
    private final PrintStream errors;

    /**
     * @param directory where relative names start
     * @param streams the standard input, output and errors
     */
    public SigilCommand(Path directory, Map<String, String> environment, Streams streams) {
        this.directory = directory;
        this.environment = environment;
        this.input = streams.input;
        this.output = streams.output;
        this.errors = streams.errors;
    }

    /** The three standard streams. */
    public record Streams(InputStream input, PrintStream output, PrintStream errors) {}

    /** A template's text, one char for each byte. */
    private record Text(String bytes, String name) {}

    /**
     * Runs the command.
     *
     * @return the exit code: 0, 1 for a template or file that fails, 2 for a command line that cannot be read
     */
    public int run(List<String> words) {
        try {
            Options options = Options.parse(words);
            if (options.help()) {
                errors.print(Options.USAGE);
                return 0;
            }
            if (options.version()) {
                output.print(VERSION + "\n");
                return 0;
            }
            return render(options);
        } catch (UsageException misuse) {
            errors.print(Options.USAGE + misuse.getMessage() + "\n");
            return MISUSED;
        } catch (FunctionException failure) {
            errors.print(Bytes.text(String.valueOf(failure.getMessage())) + "\n");
            return FAILED;
        } catch (TemplateException | IOException failure) {
            errors.print(failure.getMessage() + "\n");
            return FAILED;
        }
    }

    private int render(Options options) throws UsageException, TemplateException, IOException {
        if (options.inPlace() && options.filename().isEmpty()) {
            throw new IOException("--in-place requires -f/--filename");
        }
        String delimiters = environment.getOrDefault("SIGIL_DELIMS", "");
        String[] pair = delimiters.isEmpty() ? new String[] {"{{", "}}"} : delimiters.split(",", -1);
        if (pair.length < 2) {
            errors.print("panic: runtime error: index out of range [1] with length 1\n");
            return MISUSED;
        }
        Map<@Nullable Object, @Nullable Object> variables = variables(options);
        Text text = text(options);
        Mode mode = new Mode.Full(directory, searchPath(options), input);
        Sigil sigil = new Sigil(mode, new Dialect(pair[0], pair[1], options.posix()));
        Rendering rendering = sigil.execute(text.bytes(), text.name(), variables, environment);
        if (options.inPlace()) {
            Files.write(directory.resolve(options.filename()), rendering.bytes());
        } else {
            output.write(rendering.bytes());
            output.flush();
        }
        return 0;
    }

    private Map<@Nullable Object, @Nullable Object> variables(Options options) {
        Map<@Nullable Object, @Nullable Object> variables = new HashMap<>();
        for (String file : options.varsFiles()) {
            variables.putAll(new VarsFile(directory, environment).read(file));
        }
        for (String argument : options.arguments()) {
            int equals = argument.indexOf('=');
            if (equals >= 0) {
                variables.put(Bytes.of(argument.substring(0, equals)), Bytes.of(argument.substring(equals + 1)));
            }
        }
        return variables;
    }

    private List<String> searchPath(Options options) {
        List<String> places = new ArrayList<>();
        if (!options.filename().isEmpty()) {
            Path parent = Path.of(options.filename()).getParent();
            places.add(parent == null ? "." : parent.toString());
        }
        String path = environment.getOrDefault("SIGIL_PATH", "");
        if (!path.isEmpty()) {
            places.addAll(List.of(path.split(":", -1)));
        }
        return places;
    }

    private Text text(Options options) throws IOException {
        if (!options.filename().isEmpty()) {
            String name = options.filename();
            return new Text(Bytes.of(read(name)), String.valueOf(Path.of(name).getFileName()));
        }
        return options.inline().isEmpty()
                ? new Text(Bytes.of(input.readAllBytes()), "<stdin>")
                : new Text(Bytes.of(options.inline()), "<inline>");
    }

    private byte[] read(String name) throws IOException {
        Path file = directory.resolve(name);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("open " + name + ": no such file or directory", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("open " + name + ": permission denied", denied);
        } catch (IOException failure) {
            boolean directoryNamed = Files.isDirectory(file);
            throw directoryNamed ? new IOException("read " + name + ": is a directory", failure) : failure;
        }
    }
}
