package dev.slipway.command;

/** Spellings of flags that several commands share. */
final class Flags {

    /** In a usage line: any flag is taken, because the report knows which of its values it names. */
    static final String ANY = "--<flag>";

    /** Does without asking. */
    static final String FORCE = "--force";

    /** Concerns what holds for all apps, instead of one app. */
    static final String GLOBAL = "--global";

    static final String FORMAT = "--format";

    private Flags() {}
}
