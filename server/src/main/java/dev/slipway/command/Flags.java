package dev.slipway.command;

/** Spellings of flags that several commands share. */
final class Flags {

    /** In a usage line: any flag is taken, because the report knows which of its values it names. */
    static final String ANY = "--<flag>";

    static final String FORMAT = "--format";

    private Flags() {}
}
