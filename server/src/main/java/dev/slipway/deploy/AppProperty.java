package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.Release;
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
    /** How long the log of one process may grow before its older part is dropped. */
    LOG_MAX_SIZE(
            "logs",
            "max-size",
            "10m",
            Form.LOG_SIZE,
            "How long the log of one process may grow: such as 20m, or unlimited"),
    /** Which branch deploys. */
    DEPLOY_BRANCH("git", "deploy-branch", "master", Form.BRANCH, "The branch whose pushes are deployed"),
    /** Whether builds see the repository's history. */
    KEEP_GIT_DIR("git", "keep-git-dir", "false", Form.TRUE_FALSE, "Whether the built tree keeps its .git directory"),
    /** The variable that names the revision to the app; none if it is set to nothing. */
    REV_ENV_VAR(
            "git",
            "rev-env-var",
            Release.REVISION_VARIABLE,
            Form.VARIABLE,
            "The variable that tells processes their revision; an empty value for none"),
    /** Files and links in one archive. */
    ARCHIVE_MAX_FILES(
            "git", "archive-max-files", "10000", Form.FILES, "How many files an archive may hold; with --global only"),
    /** Bytes of one archive, packed and unpacked. */
    ARCHIVE_MAX_SIZE(
            "git",
            "archive-max-size",
            "1073741824",
            Form.BYTES,
            "How many bytes an archive may hold; with --global only"),
    /** Where in the repository app.json is. */
    APPJSON_PATH("app-json", "appjson-path", "app.json", Form.PATH, "The path of app.json in the repository"),
    /** The part of the repository that is built and run. */
    BUILD_DIR("builder", "build-dir", "", Form.DIRECTORY, "The directory of the repository that the app is in"),
    /** What makes builds. */
    BUILDER("builder", "selected", "", Form.BUILDER, "What builds the app: buildpacks"),
    /** Whether builds that nothing runs from any more stay. */
    SKIP_CLEANUP(
            "builder", "skip-cleanup", "false", Form.TRUE_FALSE, "Whether builds that are not used any more are kept"),
    /** What builds see beside the app: the machine's own system. */
    STACK("buildpacks", "stack", "", Form.STACK, "What builds see of the system: host"),
    /** Builds of one app whose record and output are kept. */
    RETENTION("builds", "retention", "20", Form.COUNT, "How many builds of an app are kept on record"),
    /** Whether a push makes the app that it is for. */
    AUTOCREATION(
            "apps",
            "disable-autocreation",
            "false",
            Form.TRUE_FALSE,
            "Whether a push to an app that is not there is refused; with --global only"),
    /** Whether the app is started when the machine is. */
    RESTORE(
            "ps",
            "restore",
            "true",
            Form.TRUE_FALSE,
            "Whether the app's processes are started after a start of the machine"),
    /** What leads to the app from outside. */
    PROXY_TYPE("proxy", "type", "nginx", Form.THE_ONLY, "What serves the app: nginx"),
    /** What keeps the app's processes running. */
    SCHEDULER("scheduler", "selected", "local", Form.THE_ONLY, "What runs the app's processes: local"),
    /** Kept for scripts that set it: no mail is sent. */
    CRON_MAILFROM("cron", "mailfrom", "", Form.ADDRESS, "Kept, but no mail is sent; only --global"),
    /** As above. */
    CRON_MAILTO("cron", "mailto", "", Form.ADDRESS, "Kept, but no mail is sent; only --global"),
    /** Whether no cron task is run; true for the app or for all is enough. */
    CRON_MAINTENANCE(
            "cron", "maintenance", "false", Form.TRUE_FALSE, "Whether cron tasks are suspended: true or false");

    /** What a value looks like. */
    private enum Form {
        SECONDS,
        COUNT,
        RESTART_POLICY,
        PATH,
        BRANCH,
        TRUE_FALSE,
        VARIABLE,
        FILES,
        LOG_SIZE,
        BYTES,
        DIRECTORY,
        BUILDER,
        STACK,
        ADDRESS,
        /** Nothing but the default; the others that Dokku has are not there. */
        THE_ONLY
    }

    private static final Pattern PATH = Pattern.compile("(?!/)[A-Za-z0-9._/-]{1,255}");
    private static final Pattern UPWARDS = Pattern.compile("(^|.*/)(\\.\\.?|\\.git)?(/.*|$)");

    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})([kmg]?)b?");

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

    /** Whether it holds for all apps or for none. */
    public boolean isForAll() {
        return switch (this) {
            case AUTOCREATION, ARCHIVE_MAX_FILES, ARCHIVE_MAX_SIZE -> true;
            default -> false;
        };
    }

    /** Whether a report has it among the properties; Dokku's has what can be restored beside them. */
    public boolean isReported() {
        return this != RESTORE;
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
            case BRANCH -> branch(text);
            case TRUE_FALSE -> matching(text, text.matches("true|false"), "true or false");
            case VARIABLE ->
                matching(text, VARIABLE.matcher(text).matches(), "the name of a variable, such as SOURCE_VERSION");
            case FILES -> matching(text, text.matches("[1-9][0-9]{0,5}"), "a whole number of files from 1 to 999999");
            case LOG_SIZE -> LogSize.check(text);
            case BYTES -> Long.toString(bytes(text));
            case DIRECTORY -> directory(text);
            case BUILDER -> BuilderNames.check(text);
            case STACK -> stack(text);
            case ADDRESS ->
                matching(text, text.matches("[^@\\s\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,255}"), "a mail address");
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

    /** The part of git's rules for branch names that matters to us: no name that git would refuse is pushed anyway. */
    private static String branch(String text) {
        if (!BRANCH.matcher(text).matches()
                || text.contains("..")
                || text.contains("//")
                || text.endsWith("/")
                || text.endsWith(".")
                || text.endsWith(".lock")) {
            String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
            throw UserException.invalid("Not a branch name: " + shown.replaceAll("\\p{Cntrl}", "?"));
        }
        return text;
    }

    private String matching(String text, boolean matches, String form) {
        if (!matches) {
            throw UserException.invalid(property + " must be " + form);
        }
        return text;
    }

    private long bytes(String text) {
        Matcher size = BYTES.matcher(text);
        long factor = size.matches() ? 1L << (" kmg".indexOf(size.group(2).isEmpty() ? " " : size.group(2)) * 10) : 0;
        long bytes = factor == 0 ? 0 : Long.parseLong(size.group(1)) * factor;
        if (bytes < 1024 || bytes > 1L << 40) {
            throw UserException.invalid(property + " must be a number of bytes, or a size such as 500m or 2g");
        }
        return bytes;
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

    private String directory(String text) {
        if (!PATH.matcher(text).matches() || UPWARDS.matcher(text).matches()) {
            throw UserException.invalid(
                    property + " must be the path of a directory in the repository, such as services/web:"
                            + " letters, digits, . _ - and / only, and nothing that leads out of it");
        }
        return text;
    }

    private static String stack(String text) {
        if (!text.equals("host")) {
            throw UserException.invalid(
                    "There are no stack images here: builds and processes see the system that the server runs on,"
                            + " with the packages installed on it.\nThe only stack is host, which needs not be set.");
        }
        return text;
    }

    /** What is set for the app, or for all. */
    Optional<String> set(App app, Map<String, String> global) {
        return app.property(key()).or(() -> Optional.ofNullable(global.get(key())));
    }

    /** What holds for the app. */
    public String text(App app, Map<String, String> global) {
        return set(app, global).orElse(otherwise);
    }

    /** What holds for all apps together. */
    public String text(Map<String, String> global) {
        return global.getOrDefault(key(), otherwise);
    }

    /** What holds for the app, of a property that is a number. */
    long value(App app, Map<String, String> global) {
        return Long.parseLong(text(app, global));
    }
}
