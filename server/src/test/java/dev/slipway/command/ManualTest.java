package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of docs/commands are what the table of commands says; with {@code -Dslipway.manual=write} they are written anew. */
final class ManualTest {

    private static final Path PAGES =
            Path.of("../docs/commands").toAbsolutePath().normalize();

    @Test
    void everyPageIsAsTheTableHasIt(@TempDir Path directory) throws IOException {
        try (Desk desk = new Desk(directory)) {
            Map<String, String> pages = pages(desk.commands().nouns());
            if ("write".equals(System.getProperty("slipway.manual"))) {
                write(pages);
            }
            assertThat(written())
                    .as("mvn -pl server -am test -Dtest=ManualTest -Dslipway.manual=write")
                    .isEqualTo(pages);
        }
    }

    private static Map<String, String> pages(List<Noun> nouns) {
        Map<String, String> pages = new TreeMap<>();
        pages.put("README.md", Manual.index(nouns));
        nouns.forEach(noun -> pages.put(noun.name() + ".md", Manual.page(noun)));
        return pages;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(PAGES);
        for (String stale : written().keySet()) {
            Files.delete(PAGES.resolve(stale));
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
        }
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        if (Files.isDirectory(PAGES)) {
            try (Stream<Path> files = Files.list(PAGES)) {
                for (Path file : files.toList()) {
                    written.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return written;
    }
}
