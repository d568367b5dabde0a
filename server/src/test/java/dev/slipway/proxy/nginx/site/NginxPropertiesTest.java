package dev.slipway.proxy.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.UserException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NginxPropertiesTest {

    @Test
    void everyDefaultIsAValueOfItsType() {
        for (NginxProperty property : NginxProperties.all()) {
            if (!property.otherwise().isEmpty()) {
                assertThat(NginxProperties.check(property.name(), property.otherwise()))
                        .isEqualTo(property.otherwise());
            }
        }
    }

    @Test
    void areInTheOrderOfTheReport() {
        List<String> names =
                NginxProperties.all().stream().map(NginxProperty::name).toList();

        assertThat(names).isSorted().doesNotHaveDuplicates().hasSize(31);
        assertThat(NginxProperties.named("proxy-read-timeout").label("computed"))
                .isEqualTo("Nginx computed proxy read timeout");
    }

    /** nginx refuses a busy size below the largest buffer or of all of them, and a header's buffer above the body's. */
    @ParameterizedTest
    @CsvSource({
        "'',        '',        8 4k,     8k",
        "2k,        '',        8 4k,     8k",
        "16k,       '',        8 16k,    32k",
        "128k,      4 256k,    4 256k,   512k",
        "'',        16 16k,    16 16k,   32k",
        "'',        2 1m,      2 1m,     1024k",
        "8k,        8 4k,      8 4k,     16k",
        "5000,      '',        8 5000,   10000"
    })
    void theDefaultsOfBuffersFitThoseThatAreSet(String header, String body, String buffers, String busy) {
        Map<String, String> set = new TreeMap<>(Map.of("proxy-buffer-size", header, "proxy-buffers", body));
        set.values().removeIf(String::isEmpty);

        assertThat(NginxProperties.value(set, "proxy-buffers")).isEqualTo(buffers);
        assertThat(NginxProperties.value(set, "proxy-busy-buffers-size")).isEqualTo(busy);
    }

    @ParameterizedTest
    @EnumSource(NginxType.class)
    void noTypeLetsAValueLeaveItsDirective(NginxType type) {
        for (String value : List.of("1;", "{", "}", "on\n", "a'b", "a\"b", "a\\", "", " ", "1m;}server{listen 1;")) {
            assertThatThrownBy(() -> type.check("it", value))
                    .as("%s %s", type, value)
                    .isInstanceOf(UserException.class)
                    .hasMessageEndingWith(type.description());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client-max-body-size,0",
        "client-max-body-size,50m",
        "proxy-read-timeout,1h30m",
        "proxy-read-timeout,90",
        "proxy-read-timeout,500ms",
        "proxy-buffers,16 8k",
        "proxy-buffering,off",
        "bind-address-ipv4,10.0.0.255",
        "bind-address-ipv6,::1",
        "access-log-path,off",
        "access-log-path,/var/log/nginx/x.log",
        "access-log-path,'syslog:server=10.0.0.1:514,tag=shop'",
        "x-forwarded-for-value,$http_x_forwarded_for",
        "nginx-conf-sigil-path,deploy/nginx.conf.sigil",
    })
    void takes(String name, String value) {
        assertThat(NginxProperties.check(name, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "client-max-body-size,50mb",
        "client-max-body-size,-1",
        "proxy-read-timeout,1m1h",
        "proxy-read-timeout,soon",
        "proxy-buffers,8",
        "proxy-buffering,yes",
        "bind-address-ipv4,10.0.0.256",
        "bind-address-ipv4,10.0.0",
        "bind-address-ipv4,::1",
        "bind-address-ipv6,10.0.0.1",
        "access-log-path,access.log",
        "hsts-max-age,1y",
        "nginx-conf-sigil-path,../nginx.conf.sigil",
        "nginx-conf-sigil-path,/etc/passwd",
    })
    void refuses(String name, String value) {
        assertThatThrownBy(() -> NginxProperties.check(name, value))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Invalid value for " + name + ": '" + value + "': write ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-read-timeouts", "", "PROXY_READ_TIMEOUT"})
    void anUnknownNameIsToldTheOthers(String name) {
        assertThatThrownBy(() -> NginxProperties.named(name))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("proxy-read-timeout, ");
    }
}
