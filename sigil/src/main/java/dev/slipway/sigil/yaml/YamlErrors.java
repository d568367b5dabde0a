package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;

/** Failures in the words and with the line numbers of yaml.v2, which leaves out the first line's. */
final class YamlErrors {
    private YamlErrors() {}

    /** @param context where what failed began */
    static FunctionException scanner(Mark context, Mark mark, String problem) {
        return located(mark.line() != 0 ? mark.line() + 1 : context.line(), problem);
    }

    static FunctionException parser(Mark context, Mark mark, String problem) {
        return located(mark.line() != 0 ? mark.line() : context.line(), problem);
    }

    private static FunctionException located(int line, String problem) {
        return plain((line == 0 ? "" : "line " + line + ": ") + problem);
    }

    static FunctionException plain(String problem) {
        return new FunctionException(Bytes.of("yaml: " + problem));
    }
}
