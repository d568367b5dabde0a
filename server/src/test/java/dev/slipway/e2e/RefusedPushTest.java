package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A push that cannot be taken is refused with a message of its own, and the release before it serves on: requests and sockets alike. */
final class RefusedPushTest {

    private static final String HOST = "shop.test";

    private static Platform platform;
    private static Checkout shop;
    private static String good;

    @BeforeAll
    static void start() {
        platform = Platform.start();
        shop = EchoApp.checkout(platform, "shop");
        shop.deploy();
        platform.ok("ps:scale", "shop", "ws=1");
        good = shop.git("rev-parse", "HEAD").strip();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aBrokenTemplate() {
        String refusal =
                refused(shop -> shop.replace("nginx.conf.sigil", "proxy_buffering off;", "proxy_bufferin off;"));
        assertThat(refusal).containsPattern("nginx\\.conf\\.sigil:[0-9]+").contains("proxy_bufferin");
    }

    @Test
    void aTemplateThatDoesNotParse() {
        String refusal = refused(shop -> shop.write("nginx.conf.sigil", "server {\n{{ if $.APP }}\n"));
        assertThat(refusal).contains("nginx.conf.sigil:").contains("unexpected EOF");
    }

    @Test
    void aBrokenBuild() {
        String refusal = refused(shop -> shop.write("pom.xml", "<project>this is not a pom</project>\n"));
        assertThat(refusal).containsIgnoringCase("build").contains("pom.xml");
    }

    @Test
    void aProcfileWithADuplicateLine() {
        String refusal = refused(
                shop -> shop.write("Procfile", "web: python3 web.py\nws: python3 ws.py\nweb: python3 other.py\n"));
        assertThat(refusal).contains("Procfile:3").contains("web is declared twice");
    }

    @Test
    void aProcfileWithAMalformedLine() {
        String refusal = refused(shop -> shop.write("Procfile", "web: python3 web.py\nthis is no process\n"));
        assertThat(refusal).contains("Procfile:2").contains("malformed");
    }

    @Test
    void aProcessThatDiesAtItsStart() {
        String refusal = refused(shop -> shop.write("Procfile", "web: python3 web.py --crash\nws: python3 ws.py\n"));
        assertThat(refusal).contains("web.1").contains("exited with code 1").contains("this revision cannot start");
    }

    @Test
    void aProcessThatNeverListens() {
        String refusal = refused(
                shop -> shop.write("Procfile", "web: sleep 600\nws: python3 ws.py\n")
                        .write(
                                "app.json",
                                "{\"healthchecks\": {\"web\": [{\"type\": \"startup\", \"listening\": true, \"attempts\": 1, \"timeout\": 1, \"wait\": 1}]}}"));
        assertThat(refusal).contains("web.1").contains("did not listen on port 5000");
    }

    /** Pushes a change that must be refused while twenty requests a second and a socket look on; gives what the client was told. */
    private static String refused(UnaryOperator<Checkout> change) {
        String before = platform.processes("shop");
        Result pushed;
        Traffic traffic = new Traffic(new Web(platform, HOST));
        try (OpenSocket socket = OpenSocket.open(platform, HOST, "/echo");
                traffic) {
            assertThat(socket.say("before")).isEqualTo("before");
            pushed = change.apply(shop).commit("a change that cannot be").push();
            assertThat(socket.say("after")).isEqualTo("after");
        }
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.answered()).isPositive();
        assertThat(pushed.exitCode()).as(pushed.err()).isNotZero();
        assertThat(platform.processes("shop")).isEqualTo(before);
        assertThat(shop.git("ls-remote", "dokku", "refs/heads/master")).startsWith(good);
        shop.git("reset", "-q", "--hard", good);
        shop.git("clean", "-qfd");
        return pushed.err();
    }
}
