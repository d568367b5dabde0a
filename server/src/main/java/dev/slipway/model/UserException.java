package dev.slipway.model;

/**
 * The one error that is meant for people: what failed, which app, file and line, and what to do.
 *
 * <p>Every other exception is a bug: it is logged in full under a reference, and the user sees the reference.
 */
public final class UserException extends RuntimeException {

    /** What kind of failure it is; each kind has an exit code. */
    public enum Kind {
        /** The words of a command, a file or a value are not acceptable. */
        INVALID(1),
        /** The app does not exist; Dokku's scripts test for its exit code. */
        NO_SUCH_APP(20),
        /** The thing asked for, other than an app, does not exist. */
        NOT_FOUND(1),
        /** Somebody else holds what is needed, a deploy lock for instance. */
        BUSY(1),
        /** The caller may not do this. */
        FORBIDDEN(1),
        /** A step failed: a build, a check, a reload. */
        FAILED(1);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Kind kind;

    /** @param message one or more lines, without the console's decoration */
    public UserException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public UserException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static UserException invalid(String message) {
        return new UserException(Kind.INVALID, message);
    }

    public static UserException failed(String message) {
        return new UserException(Kind.FAILED, message);
    }

    public static UserException notFound(String message) {
        return new UserException(Kind.NOT_FOUND, message);
    }

    /** The error for an app that does not exist, in Dokku's words and with its exit code 20. */
    public static UserException noSuchApp(String app) {
        return new UserException(Kind.NO_SUCH_APP, "App " + app + " does not exist");
    }

    public Kind kind() {
        return kind;
    }

    /** The exit code of the command that failed: 20 for an app that does not exist, else 1. */
    public int exitCode() {
        return kind.exitCode;
    }

    /** The message: never null here, unlike that of exceptions at large. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
