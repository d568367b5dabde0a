package dev.slipway.proxy.nginx.check;

import static dev.slipway.proxy.nginx.check.Reader.headlines;
import static dev.slipway.proxy.nginx.check.Reader.socket;
import static dev.slipway.proxy.nginx.check.Reader.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What WebSockets need of a location, and what its headers say of a client. */
class WebSocketRemarksTest {

    @Test
    void aWebSocketOverHttp10() {
        assertThat(Reader.remarks(with(socket().replace("    proxy_http_version 1.1;\n", ""))))
                .containsExactly(Remark.at(
                        5,
                        "location /echo lacks proxy_http_version 1.1",
                        "nginx speaks HTTP/1.0 to the process, which knows no upgrade: every handshake fails.",
                        "proxy_http_version 1.1;"));
    }

    @Test
    void aWebSocketWithoutItsHeaders() {
        String upgrade = "    proxy_set_header Upgrade $slipway_upgrade;\n";
        String connection = "    proxy_set_header Connection $slipway_connection;\n";
        assertThat(headlines(with(socket().replace(upgrade, ""))))
                .containsExactly("nginx.conf.sigil:5: location /echo does not pass Upgrade");
        assertThat(headlines(with(socket().replace(connection, ""))))
                .containsExactly("nginx.conf.sigil:5: location /echo does not pass Connection");
        assertThat(Reader.remarks(with(socket().replace(upgrade, "").replace(connection, ""))))
                .containsExactly(
                        Remark.at(
                                5,
                                "location /echo does not pass Upgrade and Connection",
                                "The process does not see that a client asks for a WebSocket and answers with a page.",
                                "proxy_set_header Upgrade $slipway_upgrade;\nproxy_set_header Connection $slipway_connection;"));
    }

    @Test
    void aWebSocketThatIsSoonClosed() {
        String timeout = "    proxy_read_timeout 1h;\n";
        assertThat(Reader.remarks(with(socket().replace(timeout, ""))))
                .containsExactly(Remark.at(
                        5,
                        "location /echo closes sockets after 60s without a word",
                        "proxy_read_timeout is not set, and 60s by default: when the process says nothing for so long,"
                                + " nginx closes the socket.",
                        "proxy_read_timeout 1h;"));
        assertThat(headlines(with(socket().replace("1h", "5m"))))
                .containsExactly("nginx.conf.sigil:5: location /echo closes sockets after 5m without a word");
        assertThat(Reader.remarks(with(socket().replace("1h", "600")))).isEmpty();
        assertThat(Reader.remarks(with(socket().replace(timeout, ""))
                        .replace("  server_name", "  proxy_read_timeout 1h; server_name")))
                .isEmpty();
    }

    @Test
    void anUpgradeToWhatever() {
        assertThat(headlines(with(socket().replace("$slipway_upgrade", "$http_upgrade"))))
                .as("the platform hands on a WebSocket's alone")
                .isEmpty();
    }

    @Test
    void aConnectionThatIsAlwaysUpgraded() {
        assertThat(headlines(with(socket().replace("$slipway_connection", "\"upgrade\""))))
                .containsExactly("nginx.conf.sigil:10: Connection is \"upgrade\" for every request");
    }

    @Test
    void aLocationThatLosesItsServersHeaders() {
        String template = with(socket())
                .replace(
                        "  server_name",
                        "  proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header Host $http_host; server_name");
        assertThat(Reader.remarks(template))
                .containsExactly(Remark.at(
                        5,
                        "location /echo does not set Host, X-Forwarded-Proto",
                        "A location that sets one header passes none of its server's."
                                + " What a client sends in their place reaches the process as it is.",
                        "Remove the location's proxy_set_header lines:"
                                + " those of the server hold then, for WebSockets too."));
        assertThat(Reader.remarks(template.replaceAll("    proxy_set_header (Upgrade|Connection) .*\n", "")
                        .replace(
                                "server_name {{",
                                "  proxy_set_header Upgrade $slipway_upgrade;"
                                        + " proxy_set_header Connection $slipway_connection; server_name {{")))
                .isEmpty();
    }

    @Test
    void headersThatAClientCanFake() {
        String template = with(socket())
                .replace("  server_name", "  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; server_name")
                .replace(
                        "    proxy_read_timeout",
                        "    proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto; proxy_set_header X-Forwarded-For x;\n"
                                + "    proxy_read_timeout");
        assertThat(Reader.remarks(template))
                .containsExactly(
                        Remark.at(
                                3,
                                "X-Forwarded-For can be faked by a client",
                                "$proxy_add_x_forwarded_for appends to what the client sent: its first address is whatever a"
                                        + " client wrote.\n"
                                        + "If another proxy stands in front, say so with nginx:set x-forwarded-for-value.",
                                "proxy_set_header X-Forwarded-For {{ $.PROXY_X_FORWARDED_FOR }};"),
                        Remark.at(
                                8,
                                "X-Forwarded-Proto can be faked by a client",
                                "$http_x_forwarded_proto is the client's own header.\n"
                                        + "If another proxy stands in front, say so with nginx:set x-forwarded-proto-value.",
                                "proxy_set_header X-Forwarded-Proto {{ $.PROXY_X_FORWARDED_PROTO }};"));
    }

    @Test
    void aHeaderThatAnAdministratorTrustsIsNotRemarkedUpon() {
        Site site = Reader.site(Reader.DEFAULT);
        Site trusting = new Site(
                site.app(),
                site.template(),
                site.domains(),
                site.ports(),
                site.listeners(),
                site.routes(),
                site.certificate(),
                Map.of("x-forwarded-for-value", "$proxy_add_x_forwarded_for"),
                site.config());
        assertThat(Reader.report(trusting, 22, tried -> Optional.empty()).remarks())
                .isEmpty();
    }
}
