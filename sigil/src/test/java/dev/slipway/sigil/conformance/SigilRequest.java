package dev.slipway.sigil.conformance;

import dev.slipway.sigil.command.SigilCommand;
import dev.slipway.sigil.command.SigilCommand.Streams;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request for the sigil command, run in this process. */
final class SigilRequest {
    private SigilRequest() {}

    /** @throws FunctionException with what the command wrote to its standard error, if it failed */
    static String answer(GoMap request) {
        List<String> words = new ArrayList<>();
        ((GoList) Objects.requireNonNull(request.get("argv"))).forEach(word -> words.add(text(word)));
        Map<String, String> environment = new HashMap<>();
        ((GoMap) Objects.requireNonNull(request.get("env")))
                .entries()
                .forEach((name, value) -> environment.put(text(name), text(value)));
        Object stdin = request.get("stdin");
        byte[] input = stdin == null ? new byte[0] : Bytes.array((String) stdin);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(input),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        int exit = new SigilCommand(Path.of(text(request.get("cwd"))), environment, streams).run(words);
        if (exit != 0) {
            throw new FunctionException(Bytes.of(errors.toByteArray()));
        }
        return Bytes.of(output.toByteArray());
    }

    private static String text(@Nullable Object value) {
        return Bytes.text((String) Objects.requireNonNull(value));
    }
}
