package dev.slipway.exec;

/** How a program ended and what it printed, as UTF-8 text. */
public record Result(int exitCode, String out, String err) {

    public boolean ok() {
        return exitCode == 0;
    }

    /** What a person would want to read of a failure: standard error, or standard output where that is empty. */
    public String complaint() {
        return err.isBlank() ? out.strip() : err.strip();
    }
}
