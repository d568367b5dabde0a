package dev.slipway.sigil;

import dev.slipway.sigil.eval.ExecutionError;
import dev.slipway.sigil.syntax.Source;
import dev.slipway.sigil.syntax.SyntaxError;
import dev.slipway.sigil.value.Bytes;
import java.util.OptionalInt;

/**
 * A template that does not parse or fails while it is rendered.
 *
 * <p>The message is Go's: {@code template: NAME:LINE:COLUMN: executing "NAME" at <…>: …}. Its line and column count what sigil puts
 * in front and joins; {@link #line()} and {@link #column()} are those of the file as it was written.
 */
public final class TemplateException extends Exception {
    private final int line;
    private final OptionalInt column;

    private TemplateException(String message, int line, OptionalInt column, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    static TemplateException of(Source source, SyntaxError error) {
        String message = "template: " + source.name() + ":" + error.line() + ": " + error.getMessage();
        return new TemplateException(Bytes.text(message), source.userLineOf(error.line()), OptionalInt.empty(), error);
    }

    static TemplateException of(Source source, ExecutionError error) {
        OptionalInt column = OptionalInt.of(source.userColumn(error.position()));
        return new TemplateException(
                Bytes.text(String.valueOf(error.getMessage())), source.userLine(error.position()), column, error);
    }

    /** A failure that is no place's fault, such as a variable's name that cannot be one. */
    static TemplateException of(String message) {
        return new TemplateException(message, 1, OptionalInt.empty(), new IllegalArgumentException(message));
    }

    /** The line of the template as its author wrote it, from 1. */
    public int line() {
        return line;
    }

    /** The byte on that line, from 1; Go does not say it for a template that does not parse. */
    public OptionalInt column() {
        return column;
    }
}
