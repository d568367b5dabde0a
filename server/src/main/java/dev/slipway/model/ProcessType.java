package dev.slipway.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process type as a Procfile names it: {@code web}, {@code ws}, {@code web-socket}; at most 63 characters. */
public record ProcessType(String value) implements Comparable<ProcessType> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("DOKKU_APP_([A-Z0-9_]+)_LISTENERS");

    public static final ProcessType WEB = new ProcessType("web");

    public ProcessType {
        if (!isValid(value)) {
            throw UserException.invalid(value + " is not a valid process type: letters, digits, - and _ only");
        }
    }

    public static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }

    /** The template variable that holds this type's listeners: {@code web-socket} gives {@code DOKKU_APP_WEB_SOCKET_LISTENERS}. */
    public String listenersVariable() {
        return "DOKKU_APP_" + value.toUpperCase(Locale.ROOT).replace('-', '_') + "_LISTENERS";
    }

    /** The type that a listener variable is most likely about: {@code DOKKU_APP_WEB_SOCKET_LISTENERS} gives {@code web-socket}. */
    public static Optional<ProcessType> ofListenersVariable(String variable) {
        Matcher matcher = VARIABLE.matcher(variable);
        return matcher.matches()
                ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
                        .filter(ProcessType::isValid)
                        .map(ProcessType::new)
                : Optional.empty();
    }

    @Override
    public int compareTo(ProcessType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
