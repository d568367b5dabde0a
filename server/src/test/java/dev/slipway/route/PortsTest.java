package dev.slipway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final HostPorts HOST = new HostPorts(8080, 8443);

    @Test
    void anAppWithoutMappingsIsServedOnTheInstallationsPorts() {
        assertThat(Ports.of(List.of(), HOST, false).mappings()).containsExactly(PortMapping.parse("http:8080:5000"));
        assertThat(Ports.of(List.of(), HOST, true).mappings())
                .containsExactly(PortMapping.parse("http:8080:5000"), PortMapping.parse("https:8443:5000"));
    }

    @Test
    void mappingsThatAreSetAreNotTranslated() {
        Ports ports = Ports.of(List.of(PortMapping.parse("http:80:3000")), HOST, true);

        assertThat(ports.mappings()).containsExactly(PortMapping.parse("http:80:3000"));
        assertThat(ports.warnings()).isEmpty();
    }

    @Test
    void whereHttpLeadsHttpsLeadsTooUnlessTheAppSaysSomethingElse() {
        List<PortMapping> own = mappings("http:80:3000", "http:8080:5000", "http:9000:5000", "grpc:80:50051");
        List<PortMapping> secured = Ports.secured(own, HOST);

        assertThat(secured)
                .containsAll(own)
                .hasSize(own.size() + 2)
                .contains(PortMapping.parse("https:443:3000"), PortMapping.parse("https:8443:5000"));
        assertThat(Ports.unsecured(secured, HOST)).isEqualTo(own);
        List<PortMapping> told = mappings("http:80:3000", "grpcs:443:3000");
        assertThat(Ports.secured(told, HOST)).isEqualTo(told);
        assertThat(Ports.unsecured(told, HOST)).isEqualTo(told);
        assertThat(Ports.secured(List.of(), HOST)).isEmpty();
    }

    private static List<PortMapping> mappings(String... mappings) {
        return Stream.of(mappings).map(PortMapping::parse).toList();
    }

    @Test
    void anHttpsMappingWithoutACertificateIsLeftOutWithAWarning() {
        Ports ports =
                Ports.of(List.of(PortMapping.parse("http:80:5000"), PortMapping.parse("https:443:5000")), HOST, false);

        assertThat(ports.mappings()).containsExactly(PortMapping.parse("http:80:5000"));
        assertThat(ports.warnings()).singleElement().asString().contains("https:443:5000", "certs:add");
    }
}
