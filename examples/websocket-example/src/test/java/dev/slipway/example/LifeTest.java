package dev.slipway.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LifeTest {
    @Test
    void sigtermSays1001ToEachSocketAndEndsWell() throws Exception {
        try (App ws = App.start("ws");
                HttpClient client = HttpClient.newHttpClient()) {
            Peer first = new Peer(client, ws.ws("/echo"));
            Peer second = new Peer(client, ws.ws("/echo"));
            ws.process().destroy();
            assertEquals("close 1001", first.next());
            assertEquals("close 1001", second.next());
            assertEquals(0, exitOf(ws.process(), 3));
            assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", ws.port()));
        }
    }

    @Test
    void sigtermEndsTheWebThoughAConnectionIsOpen() throws Exception {
        try (App web = App.start("web");
                Socket idle = new Socket("127.0.0.1", web.port())) {
            web.process().destroy();
            assertEquals(-1, idle.getInputStream().read());
            assertEquals(0, exitOf(web.process(), 3));
        }
    }

    /** The peer's answer to 1001 never comes, for nobody reads on this socket. */
    @Test
    void aPeerThatDoesNotAnswerIsCutWithinTheGrace() throws Exception {
        try (App ws = App.start("ws");
                Socket silent = WireTest.upgraded(ws)) {
            ws.process().destroy();
            assertEquals(0, exitOf(ws.process(), 10));
            assertEquals(0x88, silent.getInputStream().read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "65536", "-1", "5000 ", "99999999999"})
    void aPortThatIsNoneIsRefused(String port) throws Exception {
        Process process = App.launch(Map.of("PORT", port), "web");
        assertEquals(1, exitOf(process, 5));
        assertEquals(
                "websocket-example: PORT is '" + port + "', but must be a number from 0 to 65535.",
                process.inputReader().readLine());
    }

    @Test
    void aPortThatIsTakenIsRefused() throws Exception {
        try (App web = App.start("web")) {
            Process second = App.launch(Map.of("PORT", String.valueOf(web.port())), "ws");
            assertEquals(1, exitOf(second, 5));
            String said = second.inputReader().readLine();
            assertTrue(said.startsWith("websocket-example: Cannot listen on :" + web.port() + ": "), said);
        }
    }

    @ParameterizedTest
    @CsvSource({"worker", "WEB", "''"})
    void whatIsNeitherWebNorWsIsRefused(String word) throws Exception {
        Process process = App.launch(Map.of("PORT", "0"), word);
        assertEquals(1, exitOf(process, 5));
        assertEquals(
                "websocket-example: '" + word + "' is not something to start. Usage: websocket-example [web|ws]",
                process.inputReader().readLine());
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver(@TempDir Path old) throws Exception {
        Files.createDirectory(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"Old\"\nJAVA_VERSION=\"17.0.1\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho too old\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = System.getProperty("java.home") + "/bin:/usr/bin:/bin";
        Process process = App.launch(Map.of("PORT", "0", "JAVA_HOME", old.toString(), "PATH", path), "ws");
        String said = process.inputReader().readLine();
        process.destroy();
        assertTrue(said.startsWith("listening on :"), said);
        assertEquals(0, exitOf(process, 5));
    }

    private static int exitOf(Process process, int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It had not ended after " + seconds + " s");
        }
        return process.exitValue();
    }
}
