package dev.slipway.example;

/** Why the app does not start, said to the person who starts it. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
