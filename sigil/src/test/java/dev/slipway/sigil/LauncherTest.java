package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in bin/, as processes. */
final class LauncherTest {
    private static final Path BIN = Path.of("..", "bin").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    private record Run(int exit, String output) {}

    /** Runs with no more environment than is given. */
    private Run run(List<String> environment, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        words.addAll(environment);
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private static String javaHome() {
        return "JAVA_HOME=" + System.getProperty("java.home");
    }

    @Test
    void theCommandRendersWithoutAUtf8Locale() throws Exception {
        Run run = run(
                List.of(javaHome(), "PATH=/usr/bin:/bin"),
                BIN.resolve("sigil").toString(),
                "-i",
                "{{ $a }} [{{ sh \"printenv LC_ALL a\" }}]",
                "a=né");
        assertThat(run.exit()).isOne();
        assertThat(run.output()).endsWith("error calling sh: exit status 1\n");
        assertThat(run(
                        List.of(javaHome(), "PATH=/usr/bin:/bin", "LC_ALL=C"),
                        BIN.resolve("sigil").toString(),
                        "-i",
                        "{{ $a }} {{ sh \"printenv LC_ALL a\" }}",
                        "a=né"))
                .isEqualTo(new Run(0, "né C\nné\n"));
    }

    @Test
    void aLinkToTheCommandWorksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("sigil"), BIN.resolve("sigil"));
        assertThat(run(List.of(javaHome(), "PATH=/usr/bin:/bin"), link.toString(), "-i", "{{ $a }}", "a=1"))
                .isEqualTo(new Run(0, "1"));
    }

    @Test
    void theJdkIsFoundByItsReleaseFile() throws Exception {
        Path old = jdk("old", "21.0.1");
        Path good = jdk("good", "25.0.9");
        String find = ". " + BIN.resolve("lib/jdk.sh") + "; find_jdk; echo \"$JAVA $JDK_VERSION\"";
        assertThat(run(List.of("JAVA_HOME=" + good, "PATH=/usr/bin:/bin"), "sh", "-c", find))
                .isEqualTo(new Run(0, good.resolve("bin/java") + " 25.0.9\n"));
        assertThat(run(List.of("JAVA_HOME=" + old, "PATH=" + good.resolve("bin") + ":/usr/bin:/bin"), "sh", "-c", find))
                .isEqualTo(new Run(0, good.resolve("bin/java") + " 25.0.9\n"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home.toRealPath();
    }
}
