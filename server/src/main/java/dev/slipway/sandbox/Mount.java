package dev.slipway.sandbox;

import java.nio.file.Path;
import java.util.List;

/** One mount of a sandbox, in the words of the OCI runtime specification. */
public record Mount(String destination, String type, String source, List<String> options) {

    public Mount {
        options = List.copyOf(options);
    }

    /** The host's file or directory, for reading only. */
    public static Mount readOnly(Path source, String destination) {
        return new Mount(destination, "bind", source.toString(), List.of("rbind", "ro", "nosuid", "nodev"));
    }

    /** A directory of the host that the sandbox may write to. */
    public static Mount writable(Path source, String destination) {
        return new Mount(destination, "bind", source.toString(), List.of("bind", "rw", "nosuid", "nodev"));
    }

    static Mount memory(String destination, String mode, long bytes) {
        return new Mount(destination, "tmpfs", "tmpfs", List.of("nosuid", "nodev", "mode=" + mode, "size=" + bytes));
    }
}
