package dev.slipway.model;

/** One process of an app: {@code web.1} is the first of type {@code web}; numbers begin at 1. */
public record ProcessName(ProcessType type, int number) implements Comparable<ProcessName> {

    /** One-offs have numbers from here on, where no formation comes to. */
    public static final int FIRST_ONE_OFF = 1_000;

    /** The last number there is. */
    public static final int LAST = 99_999;

    public ProcessName {
        if (number < 1) {
            throw new IllegalArgumentException("process number " + number);
        }
    }

    /** Reads {@code web.1}. */
    public static ProcessName parse(String text) {
        int dot = text.lastIndexOf('.');
        String digits = dot < 0 ? "" : text.substring(dot + 1);
        if (!digits.matches("[1-9][0-9]{0,4}")) {
            throw UserException.invalid(text + " is not a process: write TYPE.NUMBER, such as web.1");
        }
        return new ProcessName(new ProcessType(text.substring(0, dot)), Integer.parseInt(digits));
    }

    /** Whether it is the name of a one-off: {@code run.1234}. */
    public boolean isOneOff() {
        return number >= FIRST_ONE_OFF;
    }

    @Override
    public int compareTo(ProcessName other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return type + "." + number;
    }
}
