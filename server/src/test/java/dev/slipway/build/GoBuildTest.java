package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Build;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoBuildTest {

    private static final String MAIN = "package main\nfunc main() { println(\"hello from %s\") }\n";

    private final BuildLab lab = new BuildLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void mainPackagesAreBuiltAndTheModulesOwnServes() {
        Build build = lab.build(
                "go.mod",
                "module example.com/shop\n\ngo 1.16\n",
                "main.go",
                MAIN.formatted("shop"),
                "cmd/ant/main.go",
                MAIN.formatted("ant"),
                "lib/lib.go",
                "package lib\n");
        assertThat(lab.printed())
                .contains("-----> Go app detected\n")
                .contains("-----> go build -o bin/ example.com/shop example.com/shop/cmd/ant\n");
        assertThat(build.procfile().command(ProcessType.WEB)).isEqualTo("bin/shop");
        assertThat(lab.run(build, "bin/shop; ant")).isEqualTo("hello from shop\nhello from ant\n");
        assertThat(lab.machine().directory().resolve("caches/shop/go/build")).isNotEmptyDirectory();
    }

    @Test
    void aVendorDirectoryNeedsNoNetwork() {
        Build build = lab.build(
                "go.mod",
                "module shop\n\ngo 1.16\n\nrequire example.invalid/hello v1.0.0\n",
                "vendor/modules.txt",
                "# example.invalid/hello v1.0.0\n## explicit\nexample.invalid/hello\n",
                "vendor/example.invalid/hello/hello.go",
                "package hello\nfunc Say() { println(\"hello from vendor\") }\n",
                "main.go",
                "package main\nimport \"example.invalid/hello\"\nfunc main() { hello.Say() }\n");
        assertThat(lab.run(build, "shop")).isEqualTo("hello from vendor\n");
    }

    @Test
    void aGoThatTheMachineHasNotIsToldWithTheOneThatItHas() {
        assertThatThrownBy(() -> lab.build("go.mod", "module shop\n\ngo 9.1\n", "main.go", MAIN.formatted("shop")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("go.mod asks for go 9.1, and the server has 1.");
    }

    @Test
    void whatDoesNotCompileAndWhatHasNothingToRunIsRefused() {
        assertThatThrownBy(() -> lab.build("go.mod", "module shop\n", "main.go", "package main\nfunc main() { x }\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("go build failed with exit code");
        assertThat(lab.printed()).contains("undefined: x");
        assertThatThrownBy(() -> lab.build("go.mod", "module shop\n", "lib.go", "package lib\n"))
                .hasMessageContaining("The module shop has no package main, so there is nothing to run");
    }
}
