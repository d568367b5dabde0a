package dev.slipway.proxy.nginx.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.HostPorts;
import dev.slipway.proxy.nginx.site.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx's order of names: http://nginx.org/en/docs/http/server_names.html. */
class ServerChoiceTest {

    /** Each server is known by its line. */
    private static final List<VirtualServer> SERVERS = VirtualServer.all(Text.statements("""
            server { listen 80 default_server; server_name none.invalid; }
            server { listen 80; server_name ~^www\\d+\\.example\\.com$ ~^(?P<name>a+)\\.re\\.test$; }
            server { listen 80; server_name *.example.com Exact.Example.com; }
            server { listen 80; server_name *.deep.example.com www.example.*; }
            server { listen 80; server_name .dot.test www.example.co.*; }
            server { listen 80; server_name ~^Upper\\.test$ exact.example.com; }
            server { listen 81; server_name other.test exact.example.com; }
            server { listen 81; server_name ~example; }
            """));

    @ParameterizedTest
    @CsvSource({
        "exact.example.com, 3, exact name",
        "a.example.com, 3, longest wildcard at the beginning: *.example.com",
        "a.b.example.com, 3, longest wildcard at the beginning: *.example.com",
        "www1.example.com, 3, longest wildcard at the beginning: *.example.com",
        "a.deep.example.com, 4, longest wildcard at the beginning: *.deep.example.com",
        "www.example.com, 3, longest wildcard at the beginning: *.example.com",
        "www.example.org, 4, longest wildcard at the end: www.example.*",
        "www.example.co.uk, 5, longest wildcard at the end: www.example.co.*",
        "dot.test, 5, longest wildcard at the beginning: .dot.test",
        "a.dot.test, 5, longest wildcard at the beginning: .dot.test",
        "xdot.test, 1, 'the default server, since no server is called xdot.test'",
        "upper.test, 6, first regex: ~^Upper\\.test$",
        "example.com, 1, 'the default server, since no server is called example.com'",
        "other.test, 1, 'the default server, since no server is called other.test'",
    })
    void namesInTheirOrder(String host, int line, String why) {
        ServerChoice choice = ServerChoice.choose(SERVERS, "0.0.0.0:80", host);

        assertThat(choice.server().statement().where()).isEqualTo("t:" + line);
        assertThat(choice.why()).isEqualTo(why);
    }

    @Test
    void withoutADefaultTheFirstServerOfThePortIsIt() {
        assertThat(ServerChoice.choose(SERVERS, "0.0.0.0:81", "x.test").server().name())
                .isEqualTo("other.test");
    }

    @Test
    void aRegexThatJavaCannotReadIsADoubt() {
        assertThat(ServerChoice.choose(SERVERS, "0.0.0.0:80", "aa.re.test").doubts())
                .extracting(Statement::where)
                .containsExactly("t:2");
        assertThat(ServerChoice.choose(SERVERS, "0.0.0.0:80", "a.example.com").doubts())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.test:80/, 0.0.0.0:80",
        "http://10.0.0.1:80/, 10.0.0.1:80",
        "http://10.0.0.2:80/, 0.0.0.0:80",
        "http://a.test:8000/, 0.0.0.0:8000",
        "http://a.test:82/, 127.0.0.1:82",
        "http://a.test:83/, ''"
    })
    void aRequestComesInAtTheAddressOfItsUrlOrAtAny(String url, String place) {
        List<VirtualServer> servers = VirtualServer.all(Text.statements(
                "server { listen 10.0.0.1:80; listen 80; listen 127.0.0.1:82; } server { server_name bare.test; }"));

        assertThat(ServerChoice.endpoint(servers, RequestUrl.parse(url, new HostPorts(80, 443)))
                        .map(Endpoint::place)
                        .orElse(""))
                .isEqualTo(place);
    }
}
