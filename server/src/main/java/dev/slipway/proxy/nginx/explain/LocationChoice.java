package dev.slipway.proxy.nginx.explain;

import dev.slipway.proxy.nginx.explain.Location.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which location gets a path, as {@code ngx_http_core_find_location} looks for it: the exact one; else the longest prefix, and in it
 * its own locations by the same rules; unless that prefix is {@code ^~}, the first regex that matches is preferred.
 */
final class LocationChoice {

    /** How far a search came. */
    private enum Found {
        NONE,
        PREFIX,
        FINAL
    }

    private final String path;
    private final List<Location> doubts = new ArrayList<>();
    private Optional<Location> location = Optional.empty();
    private boolean slash;
    private String why = "no location matches";

    private LocationChoice(String path) {
        this.path = path;
    }

    /**
     * @param block of the server
     * @param path normalized
     */
    static LocationChoice choose(List<Statement> block, String path) {
        LocationChoice choice = new LocationChoice(path);
        choice.find(block);
        return choice;
    }

    Optional<Location> location() {
        return location;
    }

    /** Whether the location is that of the path with a slash behind it, to which nginx redirects. */
    boolean slash() {
        return slash;
    }

    String why() {
        return why;
    }

    /** Regexes that were tried before and could not be judged. */
    List<Location> doubts() {
        return doubts;
    }

    private Found find(List<Statement> block) {
        List<Location> locations =
                block.stream().map(Location::of).flatMap(Optional::stream).toList();
        Found found = fixed(locations);
        boolean regexes = true;
        if (found == Found.PREFIX) {
            Location prefix = location.orElseThrow();
            regexes = prefix.kind() != Kind.PREFIX_FIRST;
            found = find(prefix.statement().block());
        }
        if (found == Found.FINAL || !regexes) {
            return found;
        }
        return expressions(locations) ? Found.FINAL : found;
    }

    private Found fixed(List<Location> locations) {
        for (Location exact : locations) {
            if (exact.kind() == Kind.EXACT && exact.name().equals(path)) {
                take(exact, "exact path");
                return Found.FINAL;
            }
        }
        List<Location> prefixes = locations.stream()
                .filter(one -> one.isPrefix() && path.startsWith(one.name()))
                .sorted(Comparator.comparingInt((Location one) -> one.name().length())
                        .reversed())
                .toList();
        boolean whole = !prefixes.isEmpty() && prefixes.getFirst().name().equals(path);
        Optional<Location> completing =
                locations.stream().filter(one -> one.completes(path)).findFirst();
        if (!whole && completing.isPresent()) {
            take(completing.get(), "the path lacks the slash at its end");
            slash = true;
            return Found.FINAL;
        }
        if (prefixes.isEmpty()) {
            return Found.NONE;
        }
        take(prefixes.getFirst(), prefix(prefixes, locations));
        return Found.PREFIX;
    }

    private static String prefix(List<Location> matching, List<Location> all) {
        String longest = matching.size() == 1
                ? "the only prefix that matches"
                : "longest of " + matching.size() + " prefixes that match";
        long regexes = all.stream().filter(Location::isRegex).count();
        if (regexes == 0) {
            return longest;
        }
        return matching.getFirst().kind() == Kind.PREFIX_FIRST
                ? longest + ", and ^~ keeps regexes out"
                : longest + ", and no regex of " + regexes + " does";
    }

    private boolean expressions(List<Location> locations) {
        for (Location regex : locations) {
            if (!regex.isRegex()) {
                continue;
            }
            switch (Regex.judge(regex.name(), regex.kind() == Kind.REGEX_CASELESS, path)) {
                case MATCHES -> {
                    String before = location.map(prefix -> ", preferred to prefix " + prefix.name())
                            .orElse("");
                    take(regex, "first regex that matches" + before);
                    find(regex.statement().block());
                    return true;
                }
                case UNKNOWN -> doubts.add(regex);
                case DIFFERS -> {}
            }
        }
        return false;
    }

    private void take(Location taken, String reason) {
        location = Optional.of(taken);
        why = reason;
    }
}
