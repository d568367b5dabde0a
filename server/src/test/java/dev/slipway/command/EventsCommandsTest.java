package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class EventsCommandsTest extends AtDesk {

    @Test
    void whatHappensIsWrittenDownWithoutValues() throws IOException {
        desk.deployed("shop", "web: serve");
        desk.ok("config:set", "--no-restart", "shop", "TOKEN=s3cret", "URL=x");
        desk.ok("domains:add", "shop", "shop.example.com");
        desk.ok("ps:scale", "shop", "web=2");
        desk.ok("checks:set", "shop", "wait-to-retire", "5");
        desk.ok("certs:generate", "shop", "shop.example.com");
        desk.ok("ps:restart", "shop");
        desk.ok("ps:stop", "shop");
        desk.ok("apps:rename", "shop", "store");
        desk.ok("apps:destroy", "store", "--force");
        assertThat(desk.ok("events").replace("2023-11-14T22:13:20Z ", "")).isEqualTo("""
                        post-create( shop )
                        post-domains-update( shop shop.test )
                        post-scale( shop web=1 )
                        post-deploy( shop v1 4444444444444444444444444444444444444444 )
                        post-config-update( shop TOKEN URL )
                        post-domains-update( shop shop.test shop.example.com )
                        post-scale( shop web=2 )
                        post-property-set( shop checks.wait-to-retire )
                        post-certs-update( shop )
                        post-restart( shop )
                        post-stop( shop )
                        post-app-rename( shop store )
                        post-domains-update( store store.test shop.example.com )
                        post-delete( store )
                        """);
        Path file = directory.resolve("events.log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.readString(file)).doesNotContain("s3cret");
    }

    @Test
    void nothingIsWrittenDownOnceItIsSwitchedOff() {
        assertThat(desk.ok("events:list"))
                .startsWith("=====> Events currently logged\ndeploy-failed\n")
                .endsWith("process-restarted\n");
        assertThat(desk.ok("events:off")).isEqualTo("Disabling dokku events logger\n");
        desk.ok("apps:create", "shop");
        assertThat(desk.ok("events")).isEmpty();
        assertThat(desk.run("events:list").err()).isEqualTo(" !     Events logger disabled\n");
        assertThat(desk.ok("events:on")).isEqualTo("Enabling dokku events logger\n");
        desk.ok("apps:create", "store");
        assertThat(desk.ok("events")).contains("post-create( store )").doesNotContain("shop");
    }
}
