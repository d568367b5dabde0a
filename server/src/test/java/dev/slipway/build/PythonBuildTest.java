package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Build;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PythonBuildTest {

    private final BuildLab lab = new BuildLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void requirementsAreInstalledIntoAnEnvironmentThatProcessesFind() throws IOException {
        Path source = lab.machine()
                .tree(
                        "python",
                        "requirements.txt",
                        "# our own\n./wheels/hello-1.0-py3-none-any.whl\n",
                        "Procfile",
                        "web: python serve.py\n",
                        "serve.py",
                        "import hello, sys\nprint(hello.greet(), sys.prefix)\n");
        wheel(Files.createDirectory(source.resolve("wheels")).resolve("hello-1.0-py3-none-any.whl"));
        Build build = lab.build(List.of(), source);
        assertThat(lab.printed())
                .contains("-----> Python app detected\n")
                .contains("-----> .venv/bin/pip install -r requirements.txt\n");
        assertThat(lab.run(build, "python serve.py")).isEqualTo("hello from python /app/.venv\n");
    }

    /** PEP 427: a zip file with the modules and three files about them. */
    private static void wheel(Path file) throws IOException {
        Map<String, String> entries = Map.of(
                "hello.py", "def greet():\n    return 'hello from python'\n",
                "hello-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: hello\nVersion: 1.0\n",
                "hello-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                "hello-1.0.dist-info/RECORD", "hello.py,,\n");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aPythonThatTheMachineHasNotIsToldWithTheOneThatItHas() {
        assertThatThrownBy(() -> lab.build("requirements.txt", "", "runtime.txt", "python-2.7.18\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("runtime.txt asks for Python 2.7.18, and the server has 3.");
        assertThatThrownBy(() -> lab.build("requirements.txt", "", ".python-version", "# ours\n4.1\n"))
                .hasMessageContaining(".python-version asks for Python 4.1");
        assertThat(lab.build("requirements.txt", "", ".python-version", "3\n", "Procfile", "web: x\n"))
                .isNotNull();
    }

    @Test
    void aPipfileAloneIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> lab.build("Pipfile", "", "Procfile", "web: x\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("A Pipfile is not read: write its packages into a requirements.txt");
    }

    @Test
    void aTreeWithoutAProcfileSaysSo() {
        assertThatThrownBy(() -> lab.build("requirements.txt", ""))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("There is no Procfile");
    }
}
