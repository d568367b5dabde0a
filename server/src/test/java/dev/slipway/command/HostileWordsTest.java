package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that no command may act upon, in every place of every command that there is. */
final class HostileWordsTest {

    private static final List<String> HOSTILE = List.of(
            "../../etc/passwd",
            "a b",
            "a;touch${IFS}/tmp/x",
            "$(reboot)",
            "`reboot`",
            "line\nbreak",
            "\u001b[31mred",
            "nul\u0000byte",
            "\uFFFD\uD800",
            "",
            "x".repeat(1 << 20));

    private static final Pattern FLAG = Pattern.compile("\\[-[^\\]]*]");
    private static final Pattern PLACE = Pattern.compile("<([^>]+)>(\\.\\.\\.)?");

    /** Places of commands whose words are a file of the administrator's own, are passed on as they are, or are read by a double here. */
    private static final Set<String> FREE = Set.of(
            "nginx:template:check app|file",
            "proxy:explain url",
            "run command",
            "run:detached command",
            "enter command",
            "git:auth user",
            "git:auth password");

    /** Says with its exit code alone that there is no such thing, as scripts expect. */
    private static final Set<String> SILENT = Set.of("config:get");

    /** A word that each place takes; whatever else is hostile, the rest of the command is not. */
    private static final Map<String, String> WELL_MEANT = Map.ofEntries(
            Map.entry("app", "shop"),
            Map.entry("new-app", "other"),
            Map.entry("process", "web"),
            Map.entry("process=count", "web=2"),
            Map.entry("path", "/path"),
            Map.entry("domain", "good.test"),
            Map.entry("mapping", "http:8080:5000"),
            Map.entry("key=value", "KEY=value"),
            Map.entry("key", "KEY"),
            Map.entry("url", "http://shop.test/"));

    @TempDir
    private static Path directory;

    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk(directory);
        desk.deployed("shop", "web: serve\nws: echo\n");
        desk.ok("config:set", "--no-restart", "shop", "KEY=value");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    static Stream<Verb> verbs() {
        return desk.commands().nouns().stream().flatMap(noun -> noun.verbs().stream());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void areRefusedAndChangeNothing(Verb verb) throws SQLException {
        String before = everythingStored();
        for (List<String> words : attempts(verb)) {
            Result result = desk.run(words.toArray(String[]::new));

            assertThat(result.exitCode()).as(shown(words) + ": " + result).isNotZero();
            assertThat(result.err()).as(shown(words)).doesNotContain("Slipway itself failed");
            if (!SILENT.contains(verb.name())) {
                assertThat(result.err()).as(shown(words)).startsWith(" !     ");
            }
            assertThat(result.err().length()).as(shown(words)).isLessThan(5_000);
            assertThat(result.err()).as(shown(words)).doesNotContain("\u001b", "\u0000");
            assertThat(everythingStored()).as(shown(words)).isEqualTo(before);
        }
    }

    private static List<List<String>> attempts(Verb verb) {
        List<List<String>> attempts = new ArrayList<>();
        String usage = FLAG.matcher(verb.syntax().usage()).replaceAll("");
        List<String> places =
                PLACE.matcher(usage).results().map(found -> found.group(1)).toList();
        List<String> meant = new ArrayList<>(List.of(verb.name()));
        for (String place : places) {
            meant.add(WELL_MEANT.getOrDefault(place, "word"));
        }
        for (int i = 0; i < places.size(); i++) {
            for (String hostile : HOSTILE) {
                if (!FREE.contains(verb.name() + " " + places.get(i))) {
                    List<String> words = new ArrayList<>(meant);
                    words.set(i + 1, hostile);
                    attempts.add(words);
                }
            }
        }
        List<String> unknown = new ArrayList<>(meant);
        unknown.add(1, "--no-such-flag");
        attempts.add(unknown);
        if (!usage.contains("...")) {
            List<String> tooMany = new ArrayList<>(meant);
            tooMany.add("extra");
            attempts.add(tooMany);
        }
        return attempts;
    }

    private static String shown(List<String> words) {
        return words.stream().map(Words::shown).toList().toString();
    }

    private static String everythingStored() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("slipway.db"))) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = connection
                    .createStatement()
                    .executeQuery("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            all.append(rows.getString(column)).append('|');
                        }
                        all.append(table).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}
