package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.TestMachine;
import dev.slipway.exec.Runner;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a program in a sandbox can see, reach and use, asked of the program itself. */
class IsolationTest {

    private static final SandboxUser USER = new SandboxUser(20001);

    private final TestMachine machine = TestMachine.create();
    private final Sandboxes sandboxes = machine.sandboxes();
    private final Path tree = machine.tree("app", "bin/greet", "#!/bin/sh\necho hello", "kept", "as it was");

    IsolationTest() throws IOException {
        sandboxes.prepare();
        Files.setAttribute(tree.resolve("kept"), "unix:uid", USER.uid());
    }

    @AfterEach
    void clean() {
        machine.close();
    }

    private Sandbox sandbox(String id, Limits limits, String command) {
        return new Sandbox(
                id,
                "shop",
                USER,
                limits,
                Sandbox.shell(command),
                Map.of("WORD", "value"),
                new Sandbox.App.Layered(tree),
                List.of());
    }

    private String run(Limits limits, String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sandboxes.run(
                sandbox("one", limits, command),
                new Runner.Streams(InputStream.nullInputStream(), out, out),
                Duration.ofSeconds(30));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String run(String command) {
        return run(new Limits(128 * Limits.MIB, 64, 0, 4 * Limits.MIB), command);
    }

    /** Tells how a connection ends: {@code open}, {@code refused} or {@code timed out}. */
    private String reach(String address, int port) {
        return run("""
                exec /usr/bin/python3 - <<'PYTHON'
                import socket
                try:
                    socket.create_connection(('ADDRESS', PORT), 1.5)
                    print('open')
                except OSError as e:
                    print(e)
                PYTHON
                """.replace("ADDRESS", address).replace("PORT", Integer.toString(port)))
                .strip();
    }

    @Test
    void theProgramIsItsOwnUserWithoutAnyPower() {
        assertThat(run("id -u; id -g; id -G; id -un")).isEqualTo("20001\n20001\n20001\napp\n");
        assertThat(run("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status"))
                .isEqualTo("""
                        CapInh:\t0000000000000000
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapBnd:\t0000000000000000
                        CapAmb:\t0000000000000000
                        NoNewPrivs:\t1
                        Seccomp:\t2
                        """);
    }

    @Test
    void onlyItsOwnTreeAndTmpCanBeWritten() {
        assertThat(run("for d in / /usr /etc /var /sys /proc/sys; do touch $d/x 2>/dev/null && echo $d; done; true"))
                .isEmpty();
        assertThat(run("echo a > new; echo b > kept; cat new kept; echo c > /tmp/c; cat /tmp/c"))
                .isEqualTo("a\nb\nc\n");
        assertThat(tree.resolve("kept")).hasContent("as it was");
        assertThat(tree.resolve("new")).doesNotExist();
    }

    @Test
    void nothingOfTheHostButItsProgramsIsSeen() {
        assertThat(run("ls /; ls -A /root /home /run /var/lib 2>&1 | grep -v cannot; ls /.layer 2>/dev/null"))
                .doesNotContain("run\n", "root", "home", "work", "20001");
        assertThat(run("cat /etc/shadow; cat /etc/hosts; hostname; ls /proc | grep -c '^[0-9]'"))
                .contains("/etc/shadow: No such file", "127.0.0.1 localhost", " shop\n", "shop\n");
        assertThat(run("cut -d: -f1 /etc/passwd")).isEqualTo("root\napp\nnobody\n");
    }

    @Test
    void theAppsOwnProgramsComeFirstAndProfilesAreRead() throws IOException {
        machine.tree("app", ".profile.d/a.sh", "export FROM_PROFILE=yes\nexport PATH=/nowhere:$PATH");
        assertThat(run("greet; echo $FROM_PROFILE $WORD $HOME $PWD; echo ${PATH%%/usr*}"))
                .isEqualTo("hello\nyes value /app /app\n/app/bin:/nowhere:\n");
    }

    @Test
    void theLayerCannotGrowBeyondItsLimit() {
        assertThat(run("head -c 3M /dev/zero > a && head -c 3M /dev/zero > b; stat -c %s a"))
                .contains("No space left on device", "3145728");
    }

    @Test
    void memoryIsLimited() {
        assertThat(run("/usr/bin/python3 -c 'b = bytearray(300 << 20)'; echo $?"))
                .contains("137");
        assertThat(run("cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null"))
                .isEqualTo(128 * Limits.MIB + "\n");
    }

    @Test
    void aJvmFitsItselfIntoTheLimits() {
        Path java = Path.of(System.getProperty("java.home")).resolve("bin/java");
        String flags =
                run(new Limits(256 * Limits.MIB, 64, 1, 4 * Limits.MIB), java + " -XX:+PrintFlagsFinal -version 2>&1");
        assertThat(flags).containsPattern("MaxHeapSize += 1[0-9]{8} ");
    }

    @Test
    void theNumberOfProcessesIsLimited() {
        assertThat(run("for i in $(seq 100); do sleep 5 & done; kill $(jobs -p)"))
                .contains("fork: retry");
    }

    @Test
    void oneSandboxDoesNotReachAnother() throws IOException {
        Path log = machine.directory().resolve("log");
        Sandboxes.Started other = sandboxes.start(
                sandbox(
                        "other",
                        new Limits(128 * Limits.MIB, 64, 0, 4 * Limits.MIB),
                        "exec /usr/bin/python3 -m http.server 5000"),
                log,
                100_000);
        await().until(() -> canReach(other.address()));
        assertThat(reach(other.address(), 5000)).contains("timed out");
        sandboxes.remove("other");
    }

    private static boolean canReach(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 5000), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theHostsServicesAreNotReached() throws IOException {
        try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
            String gateway = machine.network().subnet().toString().replaceFirst("0/20$", "1");
            assertThat(reach(gateway, service.getLocalPort())).contains("timed out");
            assertThat(reach(uplinkAddress(), service.getLocalPort())).contains("timed out");
            assertThat(reach("127.0.0.1", service.getLocalPort())).contains("refused");
        }
    }

    private String uplinkAddress() throws IOException {
        String device = Routes.read().uplink().orElseThrow();
        return java.net.NetworkInterface.getByName(device)
                .inetAddresses()
                .filter(address -> address instanceof java.net.Inet4Address)
                .findFirst()
                .orElseThrow()
                .getHostAddress();
    }

    @Test
    void theMetadataAddressOfCloudsIsNotReached() {
        assertThat(reach("169.254.169.254", 80)).contains("timed out");
    }

    @Test
    void sandboxesOfAnotherServerAreNotReached() {
        try (TestMachine neighbour = TestMachine.create()) {
            Sandboxes theirs = neighbour.sandboxes();
            theirs.prepare();
            Sandboxes.Started other = theirs.start(
                    sandbox(
                            "other",
                            new Limits(128 * Limits.MIB, 64, 0, 4 * Limits.MIB),
                            "exec /usr/bin/python3 -m http.server 5000"),
                    neighbour.directory().resolve("log"),
                    100_000);
            await().until(() -> canReach(other.address()));
            assertThat(reach(other.address(), 5000)).contains("timed out");
        }
    }

    @Test
    void theKernelsRarerDoorsAreShut() {
        assertThat(run("unshare --user true; echo $?")).contains("unshare failed", "1");
        assertThat(
                        run(
                                "/usr/bin/python3 -c 'import threading; t = threading.Thread(target=print, args=(1,)); t.start()'"))
                .isEqualTo("1\n");
    }

    @Test
    void nothingIsLeftOfASandboxThatIsRemoved() {
        sandboxes.start(
                sandbox("one", Limits.PROCESS, "sleep 1000"),
                machine.directory().resolve("log"),
                100_000);
        assertThat(sandboxes.present()).containsExactly("one");
        sandboxes.remove("one");
        sandboxes.remove("one");
        assertThat(sandboxes.present()).isEmpty();
        assertThat(sandboxes.exitFile("one")).doesNotExist();
        assertThat(machine.directory()
                        .resolve("sandbox/leases/" + machine.network().bridge())
                        .toFile()
                        .list())
                .containsExactlyInAnyOrder("last_reserved_ip.0", "lock");
        assertThat(Path.of("/sys/class/net", machine.network().bridge(), "brif"))
                .isEmptyDirectory();
    }
}
