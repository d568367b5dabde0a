package dev.slipway.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All workers of the proxy: a reload replaces them, and those that were replaced stay until their last connection ends. None is
 * ended for being old unless the administrator says so.
 *
 * @param generations the one that serves first, then the others from the youngest to the oldest
 */
public record Workers(List<Generation> generations) {

    public static final Workers NONE = new Workers(List.of());

    /**
     * More replaced generations than this are worth a warning. A worker costs memory whether it has one socket left or a thousand:
     * it holds its whole configuration, and a slot for each connection that it might have had. With ten, most of nginx's memory
     * belongs to configurations that are gone.
     */
    public static final int MOST_DRAINING = 10;

    private static final long MEBIBYTE = 1 << 20;

    public Workers {
        generations = List.copyOf(generations);
    }

    /** Those that only finish what they began. */
    public List<Generation> draining() {
        return generations.stream().filter(generation -> !generation.serves()).toList();
    }

    /** What to tell an administrator, if there are too many of them. */
    public Optional<String> warning() {
        List<Generation> draining = draining();
        if (draining.size() <= MOST_DRAINING) {
            return Optional.empty();
        }
        long memory = draining.stream().mapToLong(Generation::memory).sum();
        int clients = draining.stream().mapToInt(Generation::clients).sum();
        return Optional.of(
                "nginx keeps " + draining.size() + " replaced generations of workers for " + clients
                        + " open sockets: " + mebibytes(memory)
                        + " of memory.\nThey end with their sockets. Have clients reconnect now and then, deploy less often, or set an age"
                        + " at which sockets are cut:\ndokku nginx:set --global worker-max-age 6h (dokku nginx:workers lists them)");
    }

    /** {@code 12.5 MiB}. */
    public static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MEBIBYTE);
    }
}
