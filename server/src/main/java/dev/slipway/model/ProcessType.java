package dev.slipway.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** A process type as a Procfile names it: {@code web}, {@code ws}, {@code web-socket}; at most 63 characters. */
public record ProcessType(String value) implements Comparable<ProcessType> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

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

    @Override
    public int compareTo(ProcessType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
