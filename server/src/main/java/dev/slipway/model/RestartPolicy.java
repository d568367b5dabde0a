package dev.slipway.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a process that exited is started again; the words are Docker's, which are Dokku's.
 *
 * @param most failures in a row after which {@link Rule#ON_FAILURE} gives up; 0 for never
 */
public record RestartPolicy(Rule rule, int most) {

    /** What makes a process start again. */
    public enum Rule {
        NO,
        ON_FAILURE,
        ALWAYS,
        /** As ALWAYS: an app that somebody stopped is never started by itself, whatever its policy says. */
        UNLESS_STOPPED
    }

    /** What an app has that sets no other. */
    public static final RestartPolicy ON_FAILURE_10 = new RestartPolicy(Rule.ON_FAILURE, 10);

    private static final Pattern FORM = Pattern.compile("(no|always|unless-stopped|on-failure)(?::([0-9]{1,6}))?");

    public static RestartPolicy parse(String text) {
        Matcher matcher = FORM.matcher(text);
        boolean counted = matcher.matches() && matcher.group(2) != null;
        if (!matcher.matches() || (counted && !matcher.group(1).equals("on-failure"))) {
            throw UserException.invalid(
                    "Invalid restart-policy specified: write no, always, unless-stopped, on-failure or"
                            + " on-failure:COUNT, such as on-failure:10");
        }
        Rule rule = Rule.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new RestartPolicy(rule, counted ? Integer.parseInt(matcher.group(2)) : 0);
    }

    /** @param failures how many exits in a row there were that the rule answers, the last one included */
    public boolean again(int exitCode, int failures) {
        return switch (rule) {
            case NO -> false;
            case ON_FAILURE -> exitCode != 0 && (most == 0 || failures <= most);
            case ALWAYS, UNLESS_STOPPED -> true;
        };
    }

    @Override
    public String toString() {
        String word = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return most == 0 ? word : word + ":" + most;
    }
}
