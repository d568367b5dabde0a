package dev.slipway.model;

/** The unprivileged user of one app: a number that no account of the machine has, also its group. */
public record SandboxUser(int uid) {

    public SandboxUser {
        if (uid < 1000) {
            throw new IllegalArgumentException("uid " + uid + " may belong to the system");
        }
    }
}
