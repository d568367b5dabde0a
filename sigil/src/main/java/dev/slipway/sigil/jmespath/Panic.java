package dev.slipway.sigil.jmespath;

/** What go-jmespath does not check and Go stops with: it is reported without a word of the search. */
final class Panic extends RuntimeException {
    Panic(String message) {
        super(message, null, false, false);
    }
}
