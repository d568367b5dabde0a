package dev.slipway.example;

import java.util.Map;

/** The TCP port to listen on; 0 lets the system choose a free one. */
record Port(int number) {
    static final Port DEFAULT = new Port(5000);

    /** The port that the variable {@code PORT} names, or 5000 where it is missing or empty. */
    static Port of(Map<String, String> environment) throws Refusal {
        String text = environment.getOrDefault("PORT", "");
        if (text.isEmpty()) {
            return DEFAULT;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw new Refusal("PORT is '" + text + "', but must be a number from 0 to 65535.");
        }
        return new Port(Integer.parseInt(text));
    }
}
