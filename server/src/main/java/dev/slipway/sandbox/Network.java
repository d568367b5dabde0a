package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The network of one data directory's sandboxes. Bridge and table are named after the directory, so that two servers on one
 * machine do not meet.
 *
 * @param bridge name of the bridge, at most 15 characters (the kernel's limit for a device)
 * @param subnet where the sandboxes' addresses come from
 * @param table name of the nftables table
 */
public record Network(String bridge, Subnet subnet, String table) {

    /** Every bridge of every Slipway on a machine begins with this, so that each can keep its apps away from all others. */
    static final String PREFIX = "slw";

    /** Where subnets are chosen unless the caller says otherwise. */
    public static final Subnet REGION = Subnet.parse("10.80.0.0/12");

    private static final int LENGTH = 20;

    private static final Pattern NAME = Pattern.compile(PREFIX + "[a-z0-9]{1,12}");

    public Network {
        if (!NAME.matcher(bridge).matches()) {
            throw new IllegalArgumentException("bridge name " + bridge);
        }
        if (!table.matches("[a-z][a-z0-9_]{0,30}")) {
            throw new IllegalArgumentException("table name " + table);
        }
    }

    /** The network for a data directory on this machine: the one recorded there, else a new one that meets no route of the host. */
    public static Network choose(Path dataDirectory) {
        return choose(dataDirectory, REGION);
    }

    /** As {@link #choose(Path)}, from another region than the usual one. */
    public static Network choose(Path dataDirectory, Subnet region) {
        byte[] hash = hash(dataDirectory);
        String bridge = PREFIX + HexFormat.of().formatHex(hash, 0, 5);
        Path record = dataDirectory.resolve("subnet");
        Subnet subnet = recorded(record);
        if (subnet == null) {
            subnet = free(region, hash, Routes.read().destinations());
            record(record, subnet);
        }
        return new Network(bridge, subnet, "slipway_" + bridge);
    }

    /** Begins at a place that the hash gives, so that two servers that choose at the same time rarely choose the same. */
    static Subnet free(Subnet region, byte[] hash, List<Subnet> taken) {
        int parts = region.parts(LENGTH);
        int first = (hash[5] & 255) << 8 | (hash[6] & 255);
        for (int i = 0; i < parts; i++) {
            Subnet candidate = region.part((first + i) % parts, LENGTH);
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no network free in " + region + ": the host's routes take them all");
    }

    private static @org.jspecify.annotations.Nullable Subnet recorded(Path record) {
        try {
            return Files.exists(record) ? Subnet.parse(Files.readString(record).strip()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void record(Path record, Subnet subnet) {
        try {
            Files.createDirectories(record.getParent());
            PrivateFiles.replace(record, subnet + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(Path directory) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(directory.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
