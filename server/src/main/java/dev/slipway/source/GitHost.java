package dev.slipway.source;

import dev.slipway.model.UserException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine that serves repositories: a host name or an address, and the port of its ssh where that is not 22.
 *
 * @param name never begins with a hyphen, so that no program takes it for an option
 */
public record GitHost(String name, Optional<Integer> port) {

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private static final Pattern FORM = Pattern.compile("([^:]+)(?::([0-9]{1,5}))?");

    public GitHost {
        if (name.length() > 253 || !NAME.matcher(name).matches()) {
            throw refused(name);
        }
        port.ifPresent(number -> {
            if (number < 1 || number > 65535) {
                throw UserException.invalid("Port " + number + " is out of range: 1 to 65535");
            }
        });
    }

    /** Reads {@code github.com}, or {@code git.example.com:2222}. */
    public static GitHost parse(String word) {
        Matcher form = FORM.matcher(word);
        if (!form.matches()) {
            throw refused(word);
        }
        return new GitHost(form.group(1), Optional.ofNullable(form.group(2)).map(Integer::valueOf));
    }

    private static UserException refused(String word) {
        String shown = word.length() > 80 ? word.substring(0, 80) + "…" : word;
        return UserException.invalid("Not a git host: " + shown.replaceAll("\\p{Cntrl}", "?")
                + ": write a host name such as github.com, or HOST:PORT");
    }

    @Override
    public String toString() {
        return port.map(number -> name + ":" + number).orElse(name);
    }
}
