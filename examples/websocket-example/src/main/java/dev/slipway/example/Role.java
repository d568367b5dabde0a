package dev.slipway.example;

import java.util.List;

/** What one process of the app does; the Procfile starts one process for each. */
enum Role {
    WEB("web"),
    WS("ws");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The role that a command line names; none named is the web. */
    static Role of(List<String> arguments) throws Refusal {
        if (arguments.isEmpty()) {
            return WEB;
        }
        for (Role role : values()) {
            if (arguments.equals(List.of(role.word))) {
                return role;
            }
        }
        throw new Refusal(
                "'" + String.join(" ", arguments) + "' is not something to start. Usage: websocket-example [web|ws]");
    }
}
