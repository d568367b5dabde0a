package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What steers an app's deploys and can be set for one app or for all: name, default, form and help. Commands, reports and the manual read
 * this table. Times are kept in seconds and may be written as {@code 90}, {@code 10m} or {@code 1h}.
 */
public enum AppProperty {
    /** Seconds for requests that the replaced processes still answer, and for those that old workers of the proxy still bring. */
    WAIT_TO_RETIRE(
            "checks", "wait-to-retire", "60", Form.SECONDS, "How long replaced processes may finish their requests"),
    /** Seconds for upgraded connections; 0 for none at all. */
    DRAIN_TIMEOUT(
            "checks",
            "drain-timeout",
            "600",
            Form.SECONDS,
            "How long replaced processes may keep their sockets; 0 for not at all"),
    /** Draining generations of one app. */
    MAX_DRAINING(
            "checks",
            "max-draining",
            "5",
            Form.COUNT,
            "How many replaced generations of an app may keep their sockets"),
    /** Seconds between SIGTERM and SIGKILL. */
    STOP_TIMEOUT("ps", "stop-timeout-seconds", "30", Form.SECONDS, "How long a process may take to end after SIGTERM"),
    /** When a process that exited is started again. */
    RESTART_POLICY(
            "ps",
            "restart-policy",
            RestartPolicy.ON_FAILURE_10.toString(),
            Form.RESTART_POLICY,
            "When a process that exited is started again: no, always, unless-stopped, on-failure or on-failure:COUNT"),
    /** Where in the repository the Procfile is. */
    PROCFILE_PATH("ps", "procfile-path", "Procfile", Form.PATH, "The Procfile's path in the repository"),
    /** What leads to the app from outside. */
    PROXY_TYPE("proxy", "type", "nginx", Form.THE_ONLY, "What serves the app: nginx"),
    /** What keeps the app's processes running. */
    SCHEDULER("scheduler", "selected", "local", Form.THE_ONLY, "What runs the app's processes: local"),
    /** Kept for scripts that set it: no mail is sent. */
    CRON_MAILFROM("cron", "mailfrom", "", Form.ADDRESS, "Kept, but no mail is sent; only --global"),
    /** As above. */
    CRON_MAILTO("cron", "mailto", "", Form.ADDRESS, "Kept, but no mail is sent; only --global"),
    /** Whether no cron task is run; true for the app or for all is enough. */
    CRON_MAINTENANCE("cron", "maintenance", "false", Form.FLAG, "Whether cron tasks are suspended: true or false");

    /** What a value looks like. */
    private enum Form {
        SECONDS,
        COUNT,
        RESTART_POLICY,
        PATH,
        FLAG,
        ADDRESS,
        /** Nothing but the default; the others that Dokku has are not there. */
        THE_ONLY
    }

    private static final Pattern PATH = Pattern.compile("(?!/)[A-Za-z0-9._/-]{1,255}");
    private static final Pattern UPWARDS = Pattern.compile("(^|.*/)(\\.\\.?|\\.git)?(/.*|$)");

    private static final Pattern TIME = Pattern.compile("([0-9]{1,7})([smhd]?)");
    private static final Map<String, Integer> UNITS = Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400);
    private static final long LONGEST = 30L * 86_400;
    private static final int MOST = 100;

    private final String noun;
    private final String property;
    private final String otherwise;
    private final Form form;
    private final String help;

    AppProperty(String noun, String property, String otherwise, Form form, String help) {
        this.noun = noun;
        this.property = property;
        this.otherwise = otherwise;
        this.form = form;
        this.help = help;
    }

    /** Those that a noun's {@code :set} sets. */
    public static List<AppProperty> of(String noun) {
        return Arrays.stream(values())
                .filter(property -> property.noun.equals(noun))
                .toList();
    }

    /** @throws UserException that lists the names there are */
    public static AppProperty named(String noun, String property) {
        List<AppProperty> all = of(noun);
        return all.stream()
                .filter(one -> one.property.equals(property))
                .findFirst()
                .orElseThrow(() -> UserException.invalid("Invalid property specified, valid properties include: "
                        + String.join(
                                ", ", all.stream().map(AppProperty::property).toList())));
    }

    /** As {@code :set} takes it: {@code drain-timeout}. */
    public String property() {
        return property;
    }

    /** As the store keeps it: {@code checks.drain-timeout}. */
    public String key() {
        return noun + "." + property;
    }

    public String help() {
        return help;
    }

    public String otherwise() {
        return otherwise;
    }

    /** Makes what a user writes into what is kept. */
    public String check(String text) {
        return switch (form) {
            case SECONDS -> Long.toString(seconds(text));
            case COUNT -> Long.toString(count(text));
            case RESTART_POLICY -> RestartPolicy.parse(text).toString();
            case PATH -> path(text);
            case FLAG -> matching(text, "true|false", "true or false");
            case ADDRESS -> matching(text, "[^@\\s\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,255}", "a mail address");
            case THE_ONLY -> only(text);
        };
    }

    private long seconds(String text) {
        Matcher time = TIME.matcher(text);
        long seconds =
                time.matches() ? Long.parseLong(time.group(1)) * UNITS.getOrDefault(time.group(2), 1) : LONGEST + 1;
        if (seconds > LONGEST) {
            throw UserException.invalid(
                    property + " must be a whole number of seconds, or a time such as 90s, 10m or 1h, up to 30d");
        }
        return seconds;
    }

    private long count(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw UserException.invalid(property + " must be a whole number from 1 to " + MOST);
        }
        return Long.parseLong(text);
    }

    private String matching(String text, String form, String what) {
        if (!text.matches(form)) {
            throw UserException.invalid("Invalid value for " + property + ": write " + what);
        }
        return text;
    }

    private String only(String text) {
        if (!text.equals(otherwise)) {
            throw UserException.invalid(
                    "Invalid value for " + property + ": this server has " + otherwise + " and no other " + noun);
        }
        return text;
    }

    private String path(String text) {
        if (!PATH.matcher(text).matches() || UPWARDS.matcher(text).matches()) {
            throw UserException.invalid(property + " must be the path of a file in the repository, such as deploy/"
                    + otherwise + ": letters, digits, . _ - and / only, and nothing that leads out of it");
        }
        return text;
    }

    /** What is set for the app, or for all. */
    Optional<String> set(App app, Map<String, String> global) {
        return app.property(key()).or(() -> Optional.ofNullable(global.get(key())));
    }

    /** What holds for the app. */
    String text(App app, Map<String, String> global) {
        return set(app, global).orElse(otherwise);
    }

    /** What holds for the app, of a property that is a number. */
    long value(App app, Map<String, String> global) {
        return Long.parseLong(text(app, global));
    }
}
