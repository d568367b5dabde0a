package dev.slipway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The data directory and what lies where in it. */
record Directories(Path data) {

    /** Makes what is not there: nobody but root lists anything; other users pass through to what is theirs. */
    static Directories in(Path data) {
        Directories directories = new Directories(data);
        make(data, "rwx--x--x");
        List.of(directories.apps(), directories.lib(), directories.log(), directories.run(), directories.workshop())
                .forEach(passage -> make(passage, "rwx--x--x"));
        make(directories.hostKeys(), "rwx------");
        make(directories.terminal(), "rwx------");
        return directories;
    }

    private static void make(Path directory, String mode) {
        try {
            Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
            Files.setPosixFilePermissions(directory, permissions);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + directory + " cannot be made", e);
        }
    }

    /** What templates see as DOKKU_ROOT. */
    Path apps() {
        return data.resolve("apps");
    }

    /** What templates see as DOKKU_LIB_ROOT. */
    Path lib() {
        return data.resolve("lib");
    }

    Path log() {
        return data.resolve("log");
    }

    Path run() {
        return data.resolve("run");
    }

    Path database() {
        return data.resolve("slipway.db");
    }

    Path builds() {
        return data.resolve("builds");
    }

    Path repositories() {
        return data.resolve("repos");
    }

    Path git() {
        return data.resolve("git");
    }

    Path caches() {
        return data.resolve("caches");
    }

    Path workshop() {
        return data.resolve("workshop");
    }

    /** What runc, the bridge and the overlays need; none of it survives the machine being off. */
    Path sandboxes() {
        return run().resolve("sandboxes");
    }

    /** What apps' processes print. */
    Path logs() {
        return log().resolve("apps");
    }

    /** What happened to the apps. */
    Path events() {
        return log().resolve("events.log");
    }

    /** What builds print. */
    Path buildLogs() {
        return log().resolve("builds");
    }

    /** What templates see as NGINX_LOG_ROOT. */
    Path nginxLogs() {
        return log().resolve("nginx");
    }

    Path processes() {
        return data.resolve("processes");
    }

    Path nginx() {
        return data.resolve("nginx");
    }

    /** How the command line of this machine comes in over ssh. */
    Path terminal() {
        return data.resolve("terminal");
    }

    Path hostKeys() {
        return data.resolve("host-keys");
    }
}
