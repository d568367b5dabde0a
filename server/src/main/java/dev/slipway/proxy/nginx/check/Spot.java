package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place where requests are handed to a process.
 *
 * @param levels the blocks around it, the server first
 * @param pass the {@code proxy_pass}
 */
record Spot(View view, List<Directive> levels, Directive pass) {

    Directive server() {
        return levels.getFirst();
    }

    /** The innermost location; the server where there is none. */
    Directive location() {
        return levels.reversed().stream()
                .filter(level -> level.is("location"))
                .findFirst()
                .orElse(server());
    }

    int line() {
        return view.line(location());
    }

    /** As messages name it: {@code location /echo}. */
    String name() {
        return (location().name().text() + " "
                        + location().arguments().stream().map(Word::text).collect(Collectors.joining(" ")))
                .strip();
    }

    String path() {
        return location().is("location") && !location().arguments().isEmpty()
                ? location().arguments().getLast().text()
                : "/";
    }

    boolean isRoot() {
        return path().equals("/");
    }

    /** Whether it takes all that begins with its path; neither a regular expression nor one path alone. */
    boolean isPrefix() {
        int words = location().arguments().size();
        return location().is("location")
                && (words == 1 || location().argument(0).equals("^~"))
                && path().startsWith("/");
    }

    String host() {
        return host(pass.argument(0));
    }

    /** The host of what a {@code proxy_pass} is given, or the upstream in its place. */
    static String host(String target) {
        return withoutScheme(target).replaceFirst("/.*$", "");
    }

    /** What {@code proxy_pass} puts in the place of the location's path; empty if it leaves the path alone. */
    String uri() {
        return withoutScheme(pass.argument(0)).substring(host().length());
    }

    private static String withoutScheme(String target) {
        return target.replaceFirst("^(\\$scheme|[A-Za-z]+)://", "");
    }

    Set<ProcessType> types() {
        return view.types(host());
    }

    /** Whether it is the site's front door: {@code location /} to the web processes. */
    boolean isFrontDoor() {
        return isRoot() && types().stream().allMatch(ProcessType.WEB::equals);
    }

    /** The value that applies here of a directive that stands once a level. */
    Optional<String> value(String directive) {
        return levels.reversed().stream()
                .flatMap(level -> level.block().stream().filter(inner -> inner.is(directive)))
                .map(found -> found.argument(0))
                .findFirst();
    }

    /** The request headers that are set here, by their names in small letters: those of the innermost level that sets any. */
    SequencedMap<String, Directive> headers() {
        return levels.reversed().stream()
                .map(Spot::headers)
                .filter(headers -> !headers.isEmpty())
                .findFirst()
                .orElseGet(LinkedHashMap::new);
    }

    /** Whether its headers are its own and not those of the server. */
    boolean setsHeaders() {
        return levels.stream().skip(1).anyMatch(level -> !headers(level).isEmpty());
    }

    /** A header's value; empty if it is not sent. */
    String header(String name) {
        return Optional.ofNullable(headers().get(name))
                .map(header -> header.argument(1))
                .orElse("");
    }

    /** The template's line of a header that is set here; the location's for one that is not. */
    int headerLine(String name) {
        return Optional.ofNullable(headers().get(name)).map(view::line).orElseGet(this::line);
    }

    static SequencedMap<String, Directive> headers(Directive level) {
        SequencedMap<String, Directive> headers = new LinkedHashMap<>();
        level.block().stream()
                .filter(inner -> inner.is("proxy_set_header"))
                .forEach(header -> headers.put(header.argument(0).toLowerCase(Locale.ROOT), header));
        return headers;
    }
}
