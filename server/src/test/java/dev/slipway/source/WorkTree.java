package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A developer's own repository, driven with the real git, with no configuration but what is written here. */
public final class WorkTree {

    private final Path directory;
    private final Map<String, String> environment;
    private final SystemRunner runner = new SystemRunner();

    public WorkTree(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
        git("init", "--quiet", "--initial-branch=main");
    }

    public Path directory() {
        return directory;
    }

    public WorkTree write(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything and gives the commit's id. */
    public String commit() {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message", "change");
        return git("rev-parse", "HEAD").strip();
    }

    /** Runs git here; it must succeed. */
    public String git(String... words) {
        return runner.out(command(words));
    }

    public Command command(String... words) {
        List<String> argv =
                new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-c", "protocol.file.allow=always"));
        argv.addAll(List.of(words));
        Command command = Command.of(argv)
                .in(directory)
                .environment("HOME", directory.resolve("..").normalize().toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_AUTHOR_NAME", "Ada")
                .environment("GIT_AUTHOR_EMAIL", "ada@example.com")
                .environment("GIT_COMMITTER_NAME", "Ada")
                .environment("GIT_COMMITTER_EMAIL", "ada@example.com");
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            command = command.environment(entry.getKey(), entry.getValue());
        }
        return command;
    }
}
