package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.SandboxUser;

/**
 * Who runs what: numbers that no account of the machine has, in a block of this data directory's own.
 *
 * @param first the first number of the block; it is {@value #BLOCK} numbers long
 */
public record Users(int first) {

    /** How many numbers one data directory has: enough for 45,000 apps, destroyed ones included. */
    public static final int BLOCK = 100_000;

    private static final int APPS = 10_000;

    public int nginx() {
        return first;
    }

    public int git() {
        return first + 1;
    }

    /** Who runs an app's processes. */
    public SandboxUser runs(App app) {
        return new SandboxUser(first + APPS + 2 * app.number());
    }

    /** Who builds an app: not who runs it, so that a build has no say over what runs meanwhile. */
    public SandboxUser builds(App app) {
        return new SandboxUser(first + APPS + 2 * app.number() + 1);
    }
}
