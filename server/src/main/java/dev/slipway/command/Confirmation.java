package dev.slipway.command;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Asks a user to type an app's name before what cannot be undone. */
final class Confirmation {

    /** An answer longer than this is not an app's name. */
    private static final int LONGEST = 256;

    private Confirmation() {}

    /** @throws UserException if anything else is typed, or nothing */
    static void of(AppName app, Call call) {
        call.console().warn("WARNING: Potentially Destructive Action");
        call.console().warn("This command will destroy " + app + " (including all add-ons).");
        call.console().warn("To proceed, type \"" + app + "\"");
        if (!line(call.in()).strip().equals(app.value())) {
            throw UserException.invalid("Confirmation did not match " + app + ". Aborted.");
        }
    }

    private static String line(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && next != '\r'; next = in.read()) {
                line.write(next);
                if (line.size() > LONGEST) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UserException(UserException.Kind.INVALID, "The confirmation could not be read", e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
