package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Runner;
import dev.slipway.model.SandboxUser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the objects of one repository as they were committed: no filter, no attribute and no configuration of the repository has a say.
 *
 * @param git makes a command line of git's in that repository
 */
record ObjectReader(Runner runner, Function<List<String>, Command> git) {

    private static final Duration LONGEST_LISTING = Duration.ofSeconds(30);
    private static final Duration LONGEST_LAYOUT = Duration.ofMinutes(5);

    /**
     * Lays a tree out as files that belong to a user.
     *
     * @param tree anything that names one to git, which has been checked
     * @param into a directory that is not there yet; its parent is
     */
    Layout layOut(String tree, Path into, SandboxUser owner) {
        TreeFiles files = new TreeFiles(list(tree), into, owner);
        Command cat = git.apply(List.of("cat-file", "--batch", "--buffer"));
        batch(cat.reading(files.objects()).within(LONGEST_LAYOUT), files);
        return files.finish();
    }

    private List<TreeEntry> list(String tree) {
        Command command = git.apply(List.of("ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", tree))
                .within(LONGEST_LISTING);
        return Arrays.stream(runner.out(command).split("\0"))
                .filter(line -> !line.isEmpty())
                .map(TreeEntry::parse)
                .toList();
    }

    void batch(Command command, BatchReply.Sink sink) {
        BatchReply reply = new BatchReply(sink);
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        InputStream asked = new ByteArrayInputStream(command.input().getBytes(StandardCharsets.UTF_8));
        try {
            int exitCode = runner.stream(command, new Runner.Streams(asked, reply, complaint));
            if (exitCode != 0) {
                throw new ProgramFailure(
                        "git exited with " + exitCode + ": " + complaint.toString(StandardCharsets.UTF_8));
            }
        } catch (ProgramFailure e) {
            RuntimeException refusal = reply.refusal();
            throw refusal != null ? refusal : e;
        }
    }
}
