package dev.slipway.exec;

/** An outside program did not do what it is there for; callers that can say more to a person do. */
public final class ProgramFailure extends RuntimeException {

    public ProgramFailure(String message) {
        super(message);
    }

    public ProgramFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
