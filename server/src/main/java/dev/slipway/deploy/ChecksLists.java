package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For which process types an app does without checks, as Dokku's {@code checks:disable} and {@code checks:skip} know it. A list holds
 * names of types, or {@value #ALL} alone; what names a type goes before what says all.
 *
 * @param disabled the old processes stop before the new ones start
 * @param skipped the new processes serve as soon as they run
 */
public record ChecksLists(List<String> disabled, List<String> skipped) {

    /** In the place of names: every type, those to come too. */
    public static final String ALL = "_all_";

    private static final String DISABLED = "checks.disabled";
    private static final String SKIPPED = "checks.skipped";

    /** How processes of one type take over. */
    enum Mode {
        CHECKED,
        SKIPPED,
        DISABLED
    }

    public ChecksLists {
        disabled = List.copyOf(disabled);
        skipped = List.copyOf(skipped);
    }

    public static ChecksLists of(App app) {
        return new ChecksLists(read(app, DISABLED), read(app, SKIPPED));
    }

    private static List<String> read(App app, String property) {
        return app.property(property)
                .map(text -> Arrays.asList(text.split(",")))
                .orElse(List.of());
    }

    /** The app with these lists in the place of its own. */
    public App in(App app) {
        return app.withProperty(DISABLED, text(disabled)).withProperty(SKIPPED, text(skipped));
    }

    private static Optional<String> text(List<String> list) {
        return Optional.of(String.join(",", list)).filter(text -> !text.isEmpty());
    }

    /** @param types none for all */
    public ChecksLists disable(List<ProcessType> types) {
        return types.isEmpty()
                ? new ChecksLists(List.of(ALL), List.of())
                : new ChecksLists(with(disabled, types), without(skipped, types));
    }

    /** @param types none for all */
    public ChecksLists skip(List<ProcessType> types) {
        return types.isEmpty()
                ? new ChecksLists(List.of(), List.of(ALL))
                : new ChecksLists(without(disabled, types), with(skipped, types));
    }

    /**
     * @param types none for all
     * @param known every type that the app has: what is left of all when some are taken out
     * @throws UserException if all are to be left but some, and nobody knows which there are
     */
    public ChecksLists enable(List<ProcessType> types, Set<ProcessType> known) {
        return types.isEmpty()
                ? new ChecksLists(List.of(), List.of())
                : new ChecksLists(without(spelled(disabled, known), types), without(spelled(skipped, known), types));
    }

    private static List<String> spelled(List<String> list, Set<ProcessType> known) {
        if (!list.equals(List.of(ALL))) {
            return list;
        }
        if (known.isEmpty()) {
            throw UserException.invalid(
                    "Checks are off for all process types, and which there are is known from the first deploy"
                            + " on: enable them for all, or name those that stay without");
        }
        return known.stream().map(ProcessType::value).toList();
    }

    private static List<String> with(List<String> list, List<ProcessType> types) {
        if (list.equals(List.of(ALL))) {
            return list;
        }
        return List.copyOf(
                new LinkedHashSet<>(Stream.concat(list.stream(), types.stream().map(ProcessType::value))
                        .toList()));
    }

    private static List<String> without(List<String> list, List<ProcessType> types) {
        return list.stream()
                .filter(name -> types.stream().noneMatch(type -> type.value().equals(name)))
                .toList();
    }

    Mode mode(ProcessType type) {
        if (disabled.contains(type.value())) {
            return Mode.DISABLED;
        } else if (skipped.contains(type.value())) {
            return Mode.SKIPPED;
        } else if (disabled.contains(ALL)) {
            return Mode.DISABLED;
        }
        return skipped.contains(ALL) ? Mode.SKIPPED : Mode.CHECKED;
    }
}
