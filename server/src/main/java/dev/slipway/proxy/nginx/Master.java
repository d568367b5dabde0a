package dev.slipway.proxy.nginx;

import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.proxy.nginx.worker.Census;
import dev.slipway.proxy.nginx.worker.Child;
import dev.slipway.proxy.nginx.worker.ProcFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The running nginx. It belongs to nobody: the daemon that started it may go, and the next one finds it again by its pid file and
 * by what {@code /proc} says of that process.
 */
final class Master {

    private static final String TITLE = "nginx: master process ";

    private final Runner runner;
    private final NginxSettings settings;
    private final NginxDirectories directories;
    private final ControlSocket control;
    private final Duration patience;
    private final Census census;

    /** @param patience how long a start, a reload or an end may take */
    Master(Runner runner, NginxSettings settings, Duration patience) {
        this.runner = runner;
        this.settings = settings;
        this.directories = settings.directories();
        this.control = new ControlSocket(directories.control());
        this.patience = patience;
        this.census = new Census(runner, this::find);
    }

    /** The generation that runs, or nothing if nginx does not run or does not answer. */
    OptionalLong generation() {
        return find().isPresent() ? control.generation(patience) : OptionalLong.empty();
    }

    /** Has nginx run the configuration that now lies in place, and returns when all that is accepted meets it. */
    void serve(long generation) throws Refused {
        Optional<ProcFile> running = find();
        if (running.isPresent()) {
            reload(running.get(), generation);
        } else {
            launch(generation);
        }
    }

    /** What its workers are, and what they cost. */
    Census census() {
        return census;
    }

    /** Whether no worker is left that accepted connections at some time before that moment and does so no more. */
    boolean settled(Instant since) {
        return children()
                .filter(child -> child.title().equals(Child.RETIRING))
                .noneMatch(child -> child.startedBefore(since));
    }

    /** Has nginx open its logs anew, after they were moved away. */
    void reopenLogs() {
        find().ifPresent(master -> runner.out(master.signal("USR1")));
    }

    /** Ends it at once, its connections too; nothing happens if it does not run. */
    void stop() {
        List<ProcFile> running =
                Stream.concat(find().stream(), orphans().stream()).toList();
        if (running.isEmpty()) {
            return;
        }
        try (Notices notices = Notices.from(directories.notices())) {
            running.forEach(process -> runner.run(process.signal("TERM")));
            long deadline = System.nanoTime() + patience.toNanos();
            while (find().isPresent() || !orphans().isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "nginx " + running.getFirst().pid() + " does not end");
                }
                notices.awaitMore();
            }
        }
    }

    /**
     * Has the workers of an nginx that was killed give their ports up, and keep what they have open until it ends. Without a word they
     * would serve for ever what they were told last, and be in the way of the next nginx.
     */
    private void retireOrphans() throws Refused {
        List<ProcFile> orphans = orphans();
        if (orphans.isEmpty()) {
            return;
        }
        try (Notices notices = Notices.from(directories.notices())) {
            orphans.forEach(orphan -> runner.run(orphan.signal("QUIT")));
            long deadline = System.nanoTime() + patience.toNanos();
            while (!orphans.stream().allMatch(orphan -> isRetired(orphan, notices.text()))) {
                if (System.nanoTime() > deadline) {
                    throw new Refused("nginx was killed, and its worker "
                            + orphans.getFirst().pid() + " does not give up its ports; end that process");
                }
                notices.awaitMore();
            }
        }
    }

    /** Processes of our nginx that have lost their master. */
    private List<ProcFile> orphans() {
        Optional<ProcFile> master = find();
        return ProcFile.ofUser(settings.uid())
                .filter(process -> process.title().startsWith("nginx: "))
                .filter(process -> process.program().equals(realProgram()))
                .filter(process -> master.stream().noneMatch(process::isOrComesFrom))
                .filter(process -> process.holds(directories.notices()))
                .toList();
    }

    private void launch(long generation) throws Refused {
        retireOrphans();
        try {
            // What an nginx that was killed left behind would be in the way of the next one.
            Files.deleteIfExists(directories.control());
            Files.deleteIfExists(directories.pid());
        } catch (IOException e) {
            throw new Refused("nginx's old socket cannot be removed: " + e.getMessage());
        }
        Result result = runner.run(new Commands(settings).start());
        if (!result.ok()) {
            throw new Refused(explain(Complaint.parse(result.err()), result.complaint()));
        }
        OptionalLong answer = control.generation(patience);
        if (answer.isEmpty() || answer.getAsLong() != generation) {
            throw new Refused("nginx was started but does not answer; its log is " + directories.notices());
        }
    }

    private void reload(ProcFile master, long generation) throws Refused {
        List<ProcFile> old = accepting();
        try (Notices notices = Notices.from(directories.notices())) {
            runner.out(master.signal("HUP"));
            long deadline = System.nanoTime() + patience.toNanos();
            while (!serves(old, notices.text(), generation)) {
                refuse(notices.text(), master.pid());
                if (System.nanoTime() > deadline) {
                    throw new Refused("nginx did not take up its new configuration within " + patience.toSeconds()
                            + " s; its log is " + directories.notices());
                }
                notices.awaitMore();
            }
        }
        census.note();
    }

    /**
     * The old workers accept no more and the new ones answer. Without the first, a request could still meet the configuration of
     * before for as long as a tenth of a second.
     */
    private boolean serves(List<ProcFile> old, String notices, long generation) {
        boolean retired = old.stream().allMatch(worker -> isRetired(worker, notices));
        return retired && control.generation(patience).equals(OptionalLong.of(generation));
    }

    /** By what it wrote, and for the case that its log is gone by what it calls itself. */
    private static boolean isRetired(ProcFile worker, String notices) {
        String name = " " + worker.pid() + "#" + worker.pid() + ": ";
        return notices.contains(name + "gracefully shutting down")
                || notices.contains(name + "exiting")
                || worker.startTime().isEmpty()
                || worker.title().equals(Child.RETIRING);
    }

    /** While a port is taken nginx tries again; what it says before it gives up is not its last word. */
    private static void refuse(String notices, long master) throws Refused {
        List<Complaint> complaints = Complaint.parse(notices.lines()
                .filter(line -> line.contains("[emerg] " + master + "#"))
                .collect(Collectors.joining("\n")));
        boolean binding = !complaints.isEmpty()
                && complaints.stream().allMatch(complaint -> complaint.words().startsWith("bind() to "));
        if (!complaints.isEmpty() && !binding) {
            throw new Refused(explain(complaints, ""));
        }
    }

    private static String explain(List<Complaint> complaints, String otherwise) {
        return complaints.stream()
                .filter(complaint -> complaint.takenPort().isPresent())
                .findFirst()
                .map(complaint -> "Port " + complaint.takenPort().orElseThrow()
                        + " is taken by another program: stop that, or choose another port (ss -ltnp shows who has it)")
                .or(() -> complaints.stream()
                        .filter(complaint -> !complaint.isWarning())
                        .findFirst()
                        .map(complaint -> "nginx refuses: " + complaint.words()))
                .orElse("nginx does not start: " + otherwise);
    }

    /** Every child that is not on its way out: one that was just forked may not call itself a worker yet, and accept all the same. */
    private List<ProcFile> accepting() {
        return children().filter(child -> !child.title().equals(Child.RETIRING)).toList();
    }

    private Stream<ProcFile> children() {
        return find().stream().flatMap(master -> ProcFile.children(master.pid()));
    }

    /** Our nginx, if it runs: a pid alone could by now be anybody's. */
    private Optional<ProcFile> find() {
        return pid().map(ProcFile::new)
                .filter(process -> process.startTime().isPresent())
                .filter(process -> process.uid() == settings.uid())
                .filter(process -> process.program().equals(realProgram()))
                .filter(process -> process.title().startsWith(TITLE))
                .filter(process -> process.title().endsWith(" -c " + directories.main()));
    }

    private Optional<Long> pid() {
        try {
            Path file = directories.pid();
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (IOException e) {
            // It is being replaced or removed right now.
            return Optional.empty();
        }
    }

    private String realProgram() {
        try {
            return settings.program().toRealPath().toString();
        } catch (IOException e) {
            // Removed since it was started.
            return settings.program().toString();
        }
    }
}
