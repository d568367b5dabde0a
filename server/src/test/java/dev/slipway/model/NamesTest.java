package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that become file names, host names and words of nginx can hold nothing else. */
final class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop-2", "a.b", "0"})
    void appNames(String name) {
        assertThat(new AppName(name).toString()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad_Name", "-x", "a/b", "..", "a..b", "UPPER", "a b", "a\nb", ".a", "a;b", "$(id)"})
    void whatIsNoAppName(String name) {
        assertThatThrownBy(() -> new AppName(name))
                .hasMessage("App name must begin with lowercase alphanumeric character, and may only contain lowercase"
                        + " alphanumerics, dots, and hyphens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "*.example.com", "EXAMPLE.com", "localhost", "xn--bcher-kva.example"})
    void domains(String name) {
        assertThat(new Domain(name).value()).isLowerCase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a{", "-a.com", "a..b", "*", "a.*.b", "x\n", "exa mple.com", "a_;"})
    void whatIsNoDomain(String name) {
        assertThatThrownBy(() -> new Domain(name)).isInstanceOf(UserException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:80:5000", "https:443:5000"})
    void portMappings(String mapping) {
        assertThat(PortMapping.parse(mapping)).hasToString(mapping);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:80", "tcp:80:5000", "http:0:5000", "http:80:65536", "http:80:-1", "http: 80:5000"})
    void whatIsNoPortMapping(String mapping) {
        assertThatThrownBy(() -> PortMapping.parse(mapping)).isInstanceOf(UserException.class);
    }

    @Test
    void configNeverShowsItsValues() {
        Config config = new Config(new TreeMap<>(Map.of("TOKEN", "very secret")));
        assertThat(config).hasToString("Config[TOKEN]");
        assertThatThrownBy(() -> config.with(Map.of("1A", "x"))).hasMessageContaining("Invalid key name");
    }
}
