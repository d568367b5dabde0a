package dev.slipway.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.AppName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLogsTest {

    private static final AppName SHOP = new AppName("shop");

    @TempDir
    private Path directory;

    private AppLogs logs;
    private final List<Thread> followers = new ArrayList<>();

    @BeforeEach
    void open() {
        logs = new AppLogs(directory);
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Thread follower : followers) {
            follower.interrupt();
            assertThat(follower.join(Duration.ofSeconds(5))).isTrue();
        }
        logs.close();
    }

    private Path file(String name) throws IOException {
        return Files.createDirectories(directory.resolve("shop")).resolve(name);
    }

    private void print(String name, int second, String text) throws IOException {
        String time = String.format("2026-11-22T07:37:%02d.123456789+00:00", second);
        Files.writeString(
                file(name), time + " stdout F " + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> tail(LogFilter filter, int most) {
        return logs.tail(SHOP, filter, most).stream().map(LogEntry::toString).toList();
    }

    private BlockingQueue<String> follow(LogFilter filter, int most) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        followers.add(Thread.startVirtualThread(() ->
                logs.follow(SHOP, filter, most, entry -> lines.add(entry.line().text()))));
        return lines;
    }

    @Test
    void linesOfAllProcessesAreMergedByTimeInDokkusForm() throws IOException {
        print("web.1.aa.log", 1, "first");
        print("web.1.aa.log", 3, "third");
        print("ws.2.bb.log", 2, "second");
        assertThat(tail(LogFilter.ALL, 10))
                .containsExactly(
                        "2026-11-22T07:37:01.123456789Z app[web.1]: first",
                        "2026-11-22T07:37:02.123456789Z app[ws.2]: second",
                        "2026-11-22T07:37:03.123456789Z app[web.1]: third");
        assertThat(tail(LogFilter.ALL, 1)).containsExactly("2026-11-22T07:37:03.123456789Z app[web.1]: third");
    }

    @Test
    void aTypeOrAProcessCanBeChosen() throws IOException {
        print("web.1.aa.log", 1, "web");
        print("ws.1.bb.log", 2, "one");
        print("ws.2.cc.log", 3, "two");
        print("ws.1.dd.log", 4, "one of the next release");
        assertThat(tail(LogFilter.parse("ws"), 10)).hasSize(3);
        assertThat(logs.tail(SHOP, LogFilter.parse("ws.1"), 10))
                .extracting(entry -> entry.line().text())
                .containsExactly("one", "one of the next release");
    }

    @Test
    void thePartsOfALongLineAreOneLine() throws IOException {
        Files.writeString(file("web.1.aa.log"), """
                2026-11-22T07:37:01.1+00:00 stdout P long
                2026-11-22T07:37:01.2+00:00 stderr F other stream
                2026-11-22T07:37:01.3+00:00 stdout F er
                this is no record
                """);
        assertThat(logs.tail(SHOP, LogFilter.ALL, 10))
                .extracting(entry -> entry.line().text())
                .containsExactly("longer", "other stream");
    }

    @Test
    void linesFromBeforeAReplacementAreFound() throws IOException {
        print("web.1.aa.log.1", 1, "before");
        print("web.1.aa.log", 2, "after");
        assertThat(tail(LogFilter.ALL, 10)).hasSize(2);
    }

    @Test
    void aLongLogIsReadFromItsEnd() throws IOException {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, 50_000)
                .forEach(i -> all.append("2026-11-22T07:37:01.1+00:00 stdout F line ")
                        .append(i)
                        .append('\n'));
        Files.writeString(file("web.1.aa.log"), all);
        assertThat(logs.tail(SHOP, LogFilter.ALL, 3_000))
                .hasSize(3_000)
                .first()
                .extracting(entry -> entry.line().text())
                .isEqualTo("line 47000");
    }

    @Test
    void followingGivesTheLastLinesAndThenEachNewOne() throws Exception {
        print("web.1.aa.log", 1, "old");
        print("web.1.aa.log", 2, "last");
        BlockingQueue<String> lines = follow(LogFilter.ALL, 1);
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("last");
        print("web.1.aa.log", 3, "new");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("new");
        print("web.2.bb.log", 4, "new process");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("new process");
        print("web.2.bb.log", 5, "again");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("again");
    }

    @Test
    void followingBeginsBeforeTheAppHasPrintedAnything() throws Exception {
        BlockingQueue<String> lines = follow(LogFilter.parse("ws"), 10);
        await().until(() -> Files.isDirectory(directory.resolve("shop")));
        print("web.1.aa.log", 1, "not wanted");
        print("ws.1.aa.log", 2, "wanted");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("wanted");
    }

    @Test
    void nothingIsLostOrDoubledWhereALogIsReplaced() throws Exception {
        print("web.1.aa.log", 1, "one");
        BlockingQueue<String> lines = follow(LogFilter.ALL, 10);
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("one");
        await().until(() -> Files.exists(file("web.1.aa.log.held")));
        print("web.1.aa.log", 2, "two");
        print("web.1.aa.log.tmp", 3, "three");
        Files.move(file("web.1.aa.log.tmp"), file("web.1.aa.log"), StandardCopyOption.ATOMIC_MOVE);
        print("web.1.aa.log", 4, "four");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("two");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("three");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("four");
        await().until(() -> Files.exists(file("web.1.aa.log.1")));
        assertThat(logs.tail(SHOP, LogFilter.ALL, 10))
                .extracting(entry -> entry.line().text())
                .containsExactly("one", "two", "three", "four");
    }

    @Test
    void logsOfOlderProcessesOfTheSameNameAreRemoved() throws IOException {
        for (int i = 0; i < LogFiles.GENERATIONS + 3; i++) {
            print("web.1.run" + i + ".log", i, "text");
            Files.setLastModifiedTime(
                    file("web.1.run" + i + ".log"),
                    java.nio.file.attribute.FileTime.fromMillis(1_000_000L + i * 1000L));
        }
        await().untilAsserted(() -> assertThat(tail(LogFilter.ALL, 100)).hasSize(LogFiles.GENERATIONS));
    }

    @Test
    void theLogsOfAnAppThatIsGoneAreRemoved() throws IOException {
        print("web.1.aa.log", 1, "text");
        logs.forget(SHOP);
        assertThat(directory).isEmptyDirectory();
    }
}
