package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that were started, by the program that each ran last; threads are not among them.
 *
 * @param programs how many ran each program
 */
record Spawned(Map<String, Integer> programs) {

    /** Tells strace what to follow: all that makes a process or a thread, and all that changes a process's program. */
    private static final String CALLS = "trace=clone,clone3,fork,vfork,execve";

    /** A call as strace begins to write it, whether or not another thread's comes before its end. */
    private static final Pattern CALL = Pattern.compile("([0-9]+) +(clone3?|v?fork|execve)\\((.*)");

    private static final Pattern RESULT =
            Pattern.compile("([0-9]+) +(?:<\\.\\.\\. )?(clone3?|v?fork|execve).*= ([0-9]+)");
    /** What runs no program of its own and was made by a process that was there before: nginx alone does that here. */
    private static final String WORKER = "nginx worker";

    private static final Pattern PROGRAM = Pattern.compile("\"([^\"]+)\".*");

    /** How strace is to run a program, and write what it starts to a file. */
    static List<String> following(Path trace) {
        return List.of("strace", "-f", "-qq", "-s", "256", "-e", CALLS, "-e", "signal=none", "-o", trace.toString());
    }

    /** How strace is to follow processes that run. */
    static List<String> attaching(Path trace, List<Long> pids) {
        String all = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
        return List.of(
                "strace", "-f", "-s", "256", "-e", CALLS, "-e", "signal=none", "-o", trace.toString(), "-p", all);
    }

    /** What processes started that were there before. */
    static Spawned attached(Path trace) {
        return count(tasks(lines(trace)).values().stream().filter(task -> task.made));
    }

    /** A program, and what it started. */
    static Spawned followed(Path trace) {
        return count(tasks(lines(trace)).values().stream());
    }

    private static List<String> lines(Path trace) {
        try {
            return Files.readAllLines(trace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process or thread in a trace. */
    private static final class Task {

        private String program = "";
        private boolean made;
        private boolean thread;
    }

    /** A process's first call may be written before the one that made it, which returns later: a vfork always. */
    private static Map<String, Task> tasks(List<String> lines) {
        Map<String, Task> tasks = new HashMap<>();
        Map<String, String> begun = new HashMap<>();
        for (String line : lines) {
            Matcher call = CALL.matcher(line);
            if (call.matches()) {
                begun.put(call.group(1), call.group(3));
            }
            Matcher result = RESULT.matcher(line);
            if (result.matches()) {
                String caller = result.group(1);
                Task task = tasks.computeIfAbsent(caller, first -> new Task());
                String arguments = begun.getOrDefault(caller, "");
                if (result.group(2).equals("execve")) {
                    task.program = program(arguments, task.program);
                } else {
                    make(tasks.computeIfAbsent(result.group(3), first -> new Task()), arguments, task);
                }
            }
        }
        return tasks;
    }

    /** runc runs itself again inside the sandbox to be. */
    private static String program(String arguments, String before) {
        Matcher program = PROGRAM.matcher(arguments);
        boolean known = program.matches() && !program.group(1).equals("/proc/self/exe");
        return known ? program.group(1).substring(program.group(1).lastIndexOf('/') + 1) : before;
    }

    private static void make(Task task, String arguments, Task maker) {
        task.made = true;
        task.thread = arguments.contains("CLONE_THREAD");
        if (task.program.isEmpty()) {
            task.program = maker.program;
        }
    }

    private static Spawned count(Stream<Task> tasks) {
        Map<String, Integer> programs = new TreeMap<>();
        tasks.filter(task -> !task.thread)
                .forEach(task -> programs.merge(task.program.isEmpty() ? WORKER : task.program, 1, Integer::sum));
        return new Spawned(programs);
    }

    int total() {
        return programs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@code runc 8, git 5, …}, most first. */
    String text() {
        return programs.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
