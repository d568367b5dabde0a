package dev.slipway.sigil.command;

import dev.slipway.sigil.command.SigilCommand.Streams;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process {@code sigil}. */
public final class Main {
    /** Go's stacks grow to a gigabyte; templates that call themselves deeply need the like. */
    private static final long STACK_BYTES = 1L << 30;

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        int[] exit = {1};
        Thread thread = new Thread(null, () -> exit[0] = run(List.of(words)), "sigil", STACK_BYTES);
        thread.start();
        thread.join();
        System.exit(exit[0]);
    }

    /** The environment that the launcher was given: it may have set a locale for the JVM's own needs. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String locale = environment.remove("SIGIL_LC_ALL");
        if (locale != null && locale.equals("unset")) {
            environment.remove("LC_ALL");
        } else if (locale != null) {
            environment.put("LC_ALL", locale);
        }
        return environment;
    }

    private static int run(List<String> words) {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Streams streams = new Streams(new FileInputStream(FileDescriptor.in), output, errors);
        int exit = new SigilCommand(Path.of(""), environment(), streams).run(words);
        output.flush();
        return exit;
    }
}
