package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OciConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theConfigOfAProcessIsThis() throws IOException {
        Sandbox sandbox = new Sandbox(
                "shop.web.1.ab",
                "web.1",
                new SandboxUser(20001),
                new Limits(64 * Limits.MIB, 100, 0.5, 32 * Limits.MIB),
                Sandbox.shell("run 'it'"),
                Map.of("PORT", "5000"),
                new Sandbox.App.Layered(Path.of("/data/builds/shop/k/app")),
                List.of());
        HostRoot host = new HostRoot(List.of(Mount.readOnly(Path.of("/usr"), "/usr")), Map.of("/bin", "usr/bin"));
        OciConfig config = new OciConfig(
                sandbox,
                host,
                Path.of("/data/root"),
                Path.of("/data/bundles/shop.web.1.ab"),
                new OciConfig.Hook("/bin/bash", List.of("bash", "-c", "attach"), List.of("A=b")),
                "/slw1/shop.web.1.ab");
        try (InputStream expected =
                Objects.requireNonNull(OciConfigTest.class.getResourceAsStream("expected-config.json"))) {
            assertThat(JSON.readTree(config.json().toString())).isEqualTo(JSON.readTree(expected));
        }
    }
}
