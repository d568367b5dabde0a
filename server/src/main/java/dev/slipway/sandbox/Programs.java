package dev.slipway.sandbox;

import dev.slipway.exec.Command;
import dev.slipway.model.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the programs that sandboxes are made with, and says what to install where one is missing. */
final class Programs {

    /** Where distributions put the plugins of CNI. */
    static final List<Path> CNI =
            List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"), Path.of("/usr/libexec/cni"));

    private Programs() {}

    /** @param debianPackage what to install where the program is missing */
    static Path find(String program, String debianPackage) {
        List<Path> path = Stream.of(Command.PATH.split(":")).map(Path::of).toList();
        return directory(program, debianPackage, path, program).resolve(program);
    }

    /** The first of the directories that has the program. */
    static Path directory(String what, String debianPackage, List<Path> directories, String program) {
        return directories.stream()
                .filter(directory -> Files.isExecutable(directory.resolve(program)))
                .findFirst()
                .orElseThrow(() -> UserException.failed(
                        what + " cannot be found on this machine: install it, with apt-get install " + debianPackage));
    }
}
