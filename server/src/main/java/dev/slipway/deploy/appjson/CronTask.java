package dev.slipway.deploy.appjson;

import dev.slipway.model.AppName;
import dev.slipway.model.CronSchedule;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A command that is run at certain times.
 *
 * @param command a text for the shell of the run's own sandbox; its first word may be a type of the Procfile
 * @param maintenance whether the file itself suspends it
 */
public record CronTask(String command, CronSchedule schedule, boolean maintenance, Concurrency concurrency) {

    private static final int LONGEST = 8 * 1024;

    /** What becomes of a run that is due while the one before it is still under way. */
    public enum Concurrency {
        ALLOW,
        /** It is left out. */
        FORBID,
        /** The one before is ended. */
        REPLACE;

        /** As app.json spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names the task: the same as long as app, command and schedule are; Dokku's own id of it. */
    public String id(AppName app) {
        return inDigits(app + "===" + key());
    }

    /** Names the task among those of its app, whatever the app is called. */
    public String keyInApp() {
        return inDigits(key());
    }

    private String key() {
        return command + "===" + schedule;
    }

    private static String inDigits(String text) {
        return new BigInteger(1, text.getBytes(StandardCharsets.UTF_8)).toString(Character.MAX_RADIX);
    }

    static List<CronTask> read(Value list) {
        List<CronTask> tasks = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Value entry : list.elements()) {
            CronTask task = task(entry);
            if (!known.add(task.key())) {
                throw entry.refusal("this command has this schedule twice: keep one of the two");
            }
            tasks.add(task);
        }
        return tasks;
    }

    private static CronTask task(Value entry) {
        String command = entry.text("command")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> entry.refusal("a cron task needs a command: \"command\": \"./clean\""));
        if (command.length() > LONGEST || command.indexOf('\0') >= 0 || command.indexOf('\n') >= 0) {
            throw entry.at("command").refusal("the command must be one line of at most " + LONGEST + " characters");
        }
        String schedule = entry.text("schedule")
                .orElseThrow(() -> entry.refusal("a cron task needs a schedule: \"schedule\": \"@daily\""));
        return new CronTask(
                command,
                entry.at("schedule").parsed(CronSchedule::parse, schedule),
                entry.flag("maintenance"),
                concurrency(entry));
    }

    private static Concurrency concurrency(Value entry) {
        String word = entry.text("concurrency_policy").orElse(Concurrency.ALLOW.word());
        for (Concurrency one : Concurrency.values()) {
            if (one.word().equals(word)) {
                return one;
            }
        }
        throw entry.at("concurrency_policy").refusal("concurrency_policy must be allow, forbid or replace");
    }
}
