package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.Build;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeBuildTest {

    private static final String PACKAGE = """
            {
              "name": "shop", "version": "1.0.0",
              "scripts": {
                "start": "node server.js",
                "heroku-prebuild": "echo prebuild >>order",
                "build": "echo build with $GREETING and $NODE_ENV >>order",
                "heroku-cleanup": "echo cleanup >>order"
              },
              "dependencies": { "hello": "file:./hello" },
              "devDependencies": { "tool": "file:./tool" }
            }
            """;

    private static final String[] FILES = {
        "package.json", PACKAGE,
        "hello/package.json", "{\"name\": \"hello\", \"version\": \"1.0.0\"}",
        "hello/index.js", "module.exports = () => 'hello from node';",
        "tool/package.json", "{\"name\": \"tool\", \"version\": \"1.0.0\"}",
        "server.js", "console.log(require('hello')(), process.env.NODE_ENV);"
    };

    private final BuildLab lab = new BuildLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void packagesAreInstalledScriptsRunAndNpmStartServes() throws IOException {
        Build build = lab.config("GREETING", "joy").build(FILES);
        assertThat(lab.printed())
                .contains("-----> Node.js app detected\n")
                .contains("-----> npm install --include=dev --no-package-lock\n")
                .contains(" !     There is no package-lock.json")
                .contains("-----> npm prune --omit=dev --ignore-scripts\n");
        assertThat(Files.readString(build.tree().resolve("order")))
                .isEqualTo("prebuild\nbuild with joy and production\ncleanup\n");
        assertThat(build.procfile().command(ProcessType.WEB)).isEqualTo("npm start");
        assertThat(lab.run(build, "npm start --silent")).isEqualTo("hello from node production\n");
        assertThat(build.tree().resolve("node_modules/hello")).exists();
        assertThat(build.tree().resolve("node_modules/tool")).doesNotExist();
        assertThat(lab.machine().directory().resolve("caches/shop/npm")).isDirectory();
    }

    @Test
    void aLockFileIsKeptToTheLetter() throws IOException {
        Path source = lab.machine().tree("locked", FILES);
        new SystemRunner()
                .out(Command.of("npm", "install", "--package-lock-only", "--offline")
                        .in(source)
                        .environment("HOME", source.toString()));
        Build build = lab.build(java.util.List.of(), source);
        assertThat(lab.printed())
                .contains("-----> npm ci --include=dev\n")
                .doesNotContain("There is no package-lock.json");
        assertThat(lab.run(build, "node server.js")).isEqualTo("hello from node production\n");
    }

    @Test
    void aNodeThatTheMachineHasNotIsToldWithTheOneThatItHas() {
        assertThatThrownBy(() -> lab.build("package.json", "{\"engines\": {\"node\": \">=4 <5\"}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("The build of shop failed in the buildpack nodejs")
                .hasMessageContaining("package.json asks for node >=4 <5 in engines, and the server has ");
        lab.build("package.json", "{\"engines\": {\"node\": \">=4\", \"npm\": \"1.x\"}, \"name\": \"x\"}");
        assertThat(lab.printed())
                .contains(" !     package.json asks for npm 1.x in engines, and the server has ")
                .doesNotContain("cannot be told here");
    }

    @Test
    void aScriptThatFailsFailsTheBuild() {
        assertThatThrownBy(() ->
                        lab.build("package.json", "{\"scripts\": {\"build\": \"echo no such thing >&2; exit 3\"}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("in the buildpack nodejs");
        assertThat(lab.printed()).contains("no such thing");
    }
}
