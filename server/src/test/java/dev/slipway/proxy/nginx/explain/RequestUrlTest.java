package dev.slipway.proxy.nginx.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.HostPorts;
import dev.slipway.model.UserException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestUrlTest {

    private static final HostPorts PORTS = new HostPorts(8080, 8443);

    @ParameterizedTest
    @CsvSource({
        "http://shop.test, false, shop.test, 8080, /",
        "HTTPS://Shop.Test./a, true, shop.test, 8443, /a",
        "ws://shop.test:81/echo?a=b&c#part, false, shop.test, 81, /echo?a=b&c",
        "wss://[::1]:443/%20, true, [::1], 443, /%20",
        "http://shop.test?q, false, shop.test, 8080, /?q",
    })
    void isReadAsAClientReadsIt(String text, boolean tls, String host, int port, String target) {
        RequestUrl url = RequestUrl.parse(text, PORTS);

        assertThat(url.tls()).isEqualTo(tls);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.assumed()).isEqualTo(port > 8000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.test",
                "/path",
                "ftp://shop.test/",
                "http:/shop.test",
                "http:///path",
                "http://user@shop.test/",
                "http://shop.test:0/",
                "http://shop.test:70000/",
                "http://shop.test:x/",
                "http://sh op.test/",
                "http://shop.test/é",
                "http://shop.test/\n",
                "http://[::1/"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> RequestUrl.parse(text, PORTS))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot explain ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "//a///b, /a/b",
        "/a/./b/../c, /a/c",
        "/a/.., /",
        "/a/b/., /a/b/",
        "/a%2Fb%2e%2E/c, /a/b../c",
        "/a/%2e%2e/b, /b",
        "/%41%25%3F%23, /A%?#",
        "/a+b, /a+b",
        "/.., ''",
        "/a/../.., ''",
        "/%, ''",
        "/%4, ''",
        "/%zz, ''",
        "/%00, ''"
    })
    void pathsAreMadeNormal(String raw, String normal) {
        assertThat(RequestPath.normalize(raw, true).orElse("")).isEqualTo(normal);
    }
}
