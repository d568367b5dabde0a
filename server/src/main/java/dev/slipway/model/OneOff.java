package dev.slipway.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What makes a process a one-off: it is no part of a formation, is not routed and not started again, and deploys leave it alone.
 *
 * @param words what its command's shell is given as positional parameters: the words of a user, passed on as they are
 * @param shown its command for people to read
 * @param cron the cron task that it is a run of; empty for one that somebody started
 * @param longest how long it may run before it is ended
 * @param keeps whether what it writes to its tree stays there
 */
public record OneOff(List<String> words, String shown, String cron, Duration longest, boolean keeps) {

    /** The shell's text that runs the words as a program. */
    public static final String PROGRAM = "exec -- \"$@\"";

    /** What Linux takes in one word (MAX_ARG_STRLEN, execve(2)). */
    private static final int LONGEST_WORD = 128 * 1024;

    /** One that leaves nothing in its tree. */
    public OneOff(List<String> words, String shown, String cron, Duration longest) {
        this(words, shown, cron, longest, false);
    }

    public OneOff {
        words = List.copyOf(words);
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw UserException.invalid("A word of the command holds a NUL byte");
            }
            if (word.getBytes(StandardCharsets.UTF_8).length >= LONGEST_WORD) {
                throw UserException.invalid("A word of the command is longer than the " + LONGEST_WORD
                        + " bytes that Linux takes: pass it on standard input");
            }
        }
    }
}
