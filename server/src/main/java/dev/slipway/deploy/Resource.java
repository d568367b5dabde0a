package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process may use at most, or should have: set for one process type of an app, or for those that have nothing of their own. */
public enum Resource {
    /** Processors, fractions allowed. */
    CPU,
    /** Bytes; a number alone is in MiB, as in Dokku. */
    MEMORY;

    /** In the place of a type: what holds for types that set nothing. */
    public static final String DEFAULT = "_default_";

    /** What a value is for. */
    public enum Kind {
        /** Enforced. */
        LIMIT,
        /** Noted, for schedulers that choose among machines. */
        RESERVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern PROCESSORS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");
    private static final BigDecimal MOST_PROCESSORS = BigDecimal.valueOf(1024);
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(?:([bkmg])(?:i?b)?)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of("b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    /** Less is no room for a program and the shell that starts it. */
    private static final long LEAST = 16 * Limits.MIB;

    private static final long MOST = 1L << 50;

    /** As flags and reports spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the store keeps it. */
    public String key(String type, Kind kind) {
        return "resource." + type + "." + kind.word() + "." + word();
    }

    /** Takes a value as it is. */
    public String check(String text) {
        switch (this) {
            case CPU -> {
                boolean number = PROCESSORS.matcher(text).matches();
                BigDecimal count = number ? new BigDecimal(text) : BigDecimal.ZERO;
                if (count.signum() <= 0 || count.compareTo(MOST_PROCESSORS) > 0) {
                    throw UserException.invalid(
                            "Invalid value for cpu: write a number of processors above 0, such as 0.5 or 2");
                }
            }
            case MEMORY -> bytes(text);
        }
        return text;
    }

    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        long bytes = -1;
        if (size.matches()) {
            String unit = size.group(2) == null ? "m" : size.group(2).toLowerCase(Locale.ROOT);
            long each = UNITS.getOrDefault(unit, 1L);
            bytes = Math.min(Long.parseLong(size.group(1)), MOST / each + 1) * each;
        }
        if (bytes < LEAST || bytes > MOST) {
            throw UserException.invalid(
                    "Invalid value for memory: write a size of at least 16m, such as 512 (MiB), 512m or 2g");
        }
        return bytes;
    }

    private Optional<String> value(App app, ProcessType type) {
        return app.property(key(type.value(), Kind.LIMIT)).or(() -> app.property(key(DEFAULT, Kind.LIMIT)));
    }

    /** What processes of a type may use. The layer that they write to lies in their memory, and leaves most of it to the program. */
    static Limits limits(App app, ProcessType type) {
        Limits usual = Limits.PROCESS;
        long memory = MEMORY.value(app, type).map(Resource::bytes).orElse(usual.memoryBytes());
        double cpus = CPU.value(app, type).map(Double::parseDouble).orElse(usual.cpus());
        return new Limits(memory, usual.processes(), cpus, Math.min(usual.layerBytes(), memory / 4));
    }
}
