package dev.slipway.schedule;

import static org.awaitility.Awaitility.await;

import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.SandboxUser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What the contracts of schedulers stand on: processes to start, and how to ask them. */
abstract class SchedulerFixture {

    /** Answers each connection with its process's environment variable {@code WORD}, then echoes bytes. */
    protected static final String LISTENER = """
            import os, socket, threading
            def talk(connection):
                connection.sendall(os.environ.get('WORD', 'hello').encode())
                while data := connection.recv(4096):
                    connection.sendall(data)
            server = socket.create_server(('0.0.0.0', int(os.environ['PORT'])))
            print('listening', flush=True)
            while True:
                threading.Thread(target=talk, args=(server.accept()[0],), daemon=True).start()
            """;

    protected static final AppName SHOP = new AppName("shop");

    protected static final Duration GRACE = Duration.ofSeconds(5);

    protected static final int RESTARTS = 3;

    private static final Limits LIMITS = new Limits(128 * Limits.MIB, 64, 0, 8 * Limits.MIB);

    /** The scheduler under test, with nothing running, recovered. */
    protected abstract Scheduler scheduler();

    /** A tree that holds {@code listener.py} with {@link #LISTENER}. */
    protected abstract Path tree();

    protected final ProcessSpec spec(String name, String command) {
        return new ProcessSpec(
                SHOP,
                ProcessName.parse(name),
                1,
                tree(),
                command,
                Map.of("PORT", "5000", "WORD", "it's \"quoted\""),
                new SandboxUser(20001),
                LIMITS,
                new RestartPolicy(RestartPolicy.Rule.ON_FAILURE, RESTARTS));
    }

    protected final ProcessSpec listener(String name) {
        return spec(name, "exec /usr/bin/python3 listener.py");
    }

    protected final Running startListening(String name) {
        Running process = scheduler().start(listener(name));
        awaitListening(process.id());
        return process;
    }

    protected final void awaitListening(String id) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(10))
                .until(() -> scheduler().listening(id).stream().anyMatch(at -> at.port() == 5000));
    }

    protected static String ask(String address) throws IOException {
        try (Socket socket = connect(address)) {
            return new String(socket.getInputStream().readNBytes("it's \"quoted\"".length()), StandardCharsets.UTF_8);
        }
    }

    protected static Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, 5000), 2000);
        socket.setSoTimeout(5000);
        return socket;
    }

    protected final BlockingQueue<Change> changes() {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        scheduler().watch(changes::add);
        return changes;
    }

    protected final void awaitLine(String id, String line) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .until(() -> scheduler().lastLines(id, 50).contains(line));
    }
}
