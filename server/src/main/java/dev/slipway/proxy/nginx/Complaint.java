package dev.slipway.proxy.nginx;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of nginx's complaints about its configuration.
 *
 * @param level in nginx's word: warn, emerg
 * @param words without file and line
 * @param file the file that it is about, if it says so
 * @param line in that file; 0 if it does not say
 */
record Complaint(String level, String words, Optional<String> file, int line) {

    /** Both as {@code nginx -t} prints it, and as it stands in a log after the time and the process. */
    private static final Pattern FORM =
            Pattern.compile("(?:^nginx: |^.{19} )\\[([a-z]+)\\] (?:\\d+#\\d+: )?(.*?)(?: in (/[^\\s:]+):(\\d+))?$");

    private static final Pattern TAKEN = Pattern.compile("^bind\\(\\) to \\S*:(\\d+) failed \\(98: ");

    static List<Complaint> parse(String output) {
        return output.lines()
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(Complaint::of)
                .toList();
    }

    boolean isWarning() {
        return level.equals("warn") || level.equals("notice");
    }

    /** The port that somebody else has, if that is what it is about. */
    Optional<String> takenPort() {
        Matcher matcher = TAKEN.matcher(words);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Complaint of(Matcher matcher) {
        Optional<String> file = Optional.ofNullable(matcher.group(3));
        int line = file.isPresent() ? Integer.parseInt(matcher.group(4)) : 0;
        return new Complaint(matcher.group(1), matcher.group(2), file, line);
    }
}
