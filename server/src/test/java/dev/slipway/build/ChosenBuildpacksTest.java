package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Build;
import dev.slipway.model.Buildpack;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenBuildpacksTest {

    private static final String NEVER = "#!/bin/sh\nexit 1\n";

    private static final String FIRST = """
            #!/bin/sh
            printf 'secret in %s: %s\\n' "$3" "$(cat "$3/TOKEN")"
            echo first >"$1/order"
            mkdir -p "$1/.profile.d" && echo 'export FROM_PROFILE=yes' >"$1/.profile.d/first.sh"
            echo 'export FROM_FIRST=yes' >"$(dirname "$0")/../export"
            """;

    private static final String SECOND = """
            #!/bin/sh
            echo "second, $FROM_FIRST" >>"$1/order"
            echo kept >>"$2/counted"
            """;

    private static final String RELEASE = """
            #!/bin/sh
            printf 'config_vars:\\n  SAID: hello\\ndefault_process_types:\\n  web: echo $SAID $FROM_PROFILE\\n'
            """;

    private final BuildLab lab = new BuildLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private Pack fetched(String name, String... files) {
        return new Pack(
                Buildpack.parse("https://example.com/us/" + name),
                Optional.of(lab.machine().tree("fetched-" + name, files)));
    }

    @Test
    void severalRunInTurnWithoutBeingAskedAndTheLastOnesReleaseCounts() throws IOException {
        Pack first = fetched("first", "bin/detect", NEVER, "bin/compile", FIRST, "bin/release", NEVER);
        Pack second = Pack.present(Buildpack.parse("./packs/second"));
        Build build = lab.config("TOKEN", "12345")
                .build(
                        List.of(first, second),
                        "packs/second/bin/detect",
                        NEVER,
                        "packs/second/bin/compile",
                        SECOND,
                        "packs/second/bin/release",
                        RELEASE);
        assertThat(lab.printed()).isEqualTo("""
                -----> Buildpack https://example.com/us/first
                       secret in /env: 12345
                -----> Buildpack ./packs/second
                """);
        assertThat(Files.readString(build.tree().resolve("order"))).isEqualTo("first\nsecond, yes\n");
        assertThat(build.procfile().command(ProcessType.WEB)).isEqualTo("echo $SAID $FROM_PROFILE");
        assertThat(build.environment()).containsEntry("SAID", "hello");
        assertThat(lab.run(build, "echo $FROM_PROFILE")).isEqualTo("yes\n");
        assertThat(lab.machine().directory().resolve("caches/shop/counted")).hasContent("kept");
        assertThat(build.tree().resolveSibling("env")).doesNotExist();
    }

    @Test
    void oneOfOursIsMeantByHerokusNameForIt() {
        Build build = lab.build(
                List.of(
                        Pack.present(Buildpack.parse("heroku/python")),
                        Pack.present(Buildpack.parse("slipway/procfile"))),
                "requirements.txt",
                "",
                "Procfile",
                "web: python -V\n");
        assertThat(lab.printed())
                .contains("-----> Buildpack https://github.com/heroku/heroku-buildpack-python.git\n")
                .contains("-----> Buildpack slipway/procfile\n");
        assertThat(build.environment()).isEmpty();
    }

    @Test
    void whatIsNoBuildpackIsToldWithWhatItLacks() {
        assertThatThrownBy(() -> lab.build(List.of(Pack.present(Buildpack.parse("./nowhere"))), "Procfile", "web: x\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("in the buildpack ./nowhere")
                .hasMessageContaining("The buildpack ./nowhere is not there: the repository has no such directory");
        assertThatThrownBy(() -> lab.build(List.of(fetched("half", "bin/detect", NEVER)), "Procfile", "web: x\n"))
                .hasMessageContaining("https://example.com/us/half is not a buildpack: it has no bin/compile");
        assertThatThrownBy(() -> lab.build(
                        List.of(fetched("soft", "bin/detect", NEVER, "bin/compile", "echo not executable\n")),
                        "Procfile",
                        "web: x\n"))
                .hasMessageContaining("its bin/compile is not executable");
    }

    @Test
    void aLinkOutOfTheTreeShowsABuildpackNothingOfTheHost() throws IOException {
        Path source = lab.machine().tree("linked", "Procfile", "web: x\n");
        Files.createSymbolicLink(source.resolve("pack"), Path.of("/root"));
        assertThatThrownBy(() -> lab.build(List.of(Pack.present(Buildpack.parse("./pack"))), source))
                .hasMessageContaining("./pack is not there");
    }

    @Test
    void aBuildpackMayNotWriteIntoWhatOthersAreRunFrom() {
        String vandal = "#!/bin/sh\ntouch /buildpacks/here 2>&1; touch /fetched/*/here 2>&1; exit 0\n";
        lab.build(List.of(fetched("vandal", "bin/detect", NEVER, "bin/compile", vandal)), "Procfile", "web: x\n");
        assertThat(lab.printed()).contains("cannot touch '/buildpacks/here'").contains("Read-only file system");
    }

    @Test
    void theCacheCanBePurged() {
        Pack pack = fetched("counts", "bin/detect", NEVER, "bin/compile", "#!/bin/sh\nls $2; touch $2/mark\n");
        lab.build(List.of(pack), "Procfile", "web: x\n");
        assertThat(lab.machine().directory().resolve("caches/shop/mark")).exists();
        lab.builder().purge(BuildLab.SHOP);
        assertThat(lab.machine().directory().resolve("caches/shop")).doesNotExist();
        lab.builder().keep(BuildLab.SHOP, Set.of());
        assertThat(lab.build(List.of(pack), "Procfile", "web: y\n")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "nodejs,package.json,node is not installed on the server: apt-get install nodejs npm",
        "python,requirements.txt,python3 is not installed on the server: apt-get install python3 python3-venv",
        "go,go.mod,go is not installed on the server: apt-get install golang-go"
    })
    void aToolThatTheMachineLacksIsToldWithItsPackage(String ours, String file, String complaint) {
        String bare = "#!/bin/bash\nPATH=/nowhere\n. /buildpacks/" + ours + "/bin/compile\n";
        assertThatThrownBy(() -> lab.build(
                        List.of(Pack.present(Buildpack.parse("./bare"))),
                        "bare/bin/detect",
                        NEVER,
                        "bare/bin/compile",
                        bare,
                        file,
                        "{}",
                        "Procfile",
                        "web: x\n"))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("(exit code 1):\n" + complaint);
    }
}
