package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.model.HostPorts;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MainConfigurationTest {

    private static final NginxSettings SETTINGS = new NginxSettings(
            Path.of("/usr/sbin/nginx"),
            new NginxDirectories(
                    Path.of("/data/nginx"), Path.of("/data/apps"), Path.of("/data/lib"), Path.of("/data/log")),
            20_000,
            new HostPorts(80, 443),
            List.of("0.0.0.0"),
            List.of("::"),
            20_000);

    @Test
    void includesEachSiteByNameAndTurnsUnknownNamesAway() {
        String text = new MainConfiguration(
                        SETTINGS,
                        List.of(new MainConfiguration.Include(Path.of("/data/apps/shop/nginx.conf"), "5f3a")),
                        SETTINGS.endpoints())
                .text(7);

        assertThat(text)
                .contains("return 200 \"7\\n\";", "\n  include /data/apps/shop/nginx.conf; # 5f3a\n")
                .contains(
                        "    listen 0.0.0.0:80 default_server;\n",
                        "    listen [0:0:0:0:0:0:0:0]:80 default_server;\n",
                        "    listen 0.0.0.0:443 ssl default_server;\n",
                        "    listen [0:0:0:0:0:0:0:0]:443 ssl default_server;\n")
                .doesNotContain("worker_shutdown_timeout", "*.conf", "\nuser ");
    }

    @Test
    void nineThousandProxiedSocketsFitAWorker() {
        assertThat(MainConfiguration.connections(20_000)).isGreaterThan(2 * 9_000);
        assertThat(MainConfiguration.connections(1_000_000)).isEqualTo(65_536);
    }

    @Test
    void whateverReadsConfigurationRunsWithoutPrivileges() {
        Commands commands = new Commands(SETTINGS);

        assertThat(commands.test(Path.of("/data/nginx/staging/1/nginx.conf")))
                .isEqualTo(Command.of(
                        "setpriv",
                        "--reuid",
                        "20000",
                        "--regid",
                        "20000",
                        "--clear-groups",
                        "--inh-caps=-all,+net_bind_service",
                        "--ambient-caps=-all,+net_bind_service",
                        "--bounding-set=-all,+net_bind_service",
                        "/usr/sbin/nginx",
                        "-p",
                        "/data/nginx/",
                        "-e",
                        "stderr",
                        "-c",
                        "/data/nginx/staging/1/nginx.conf",
                        "-t",
                        "-q"));
        assertThat(commands.start().argv()).startsWith("setpriv").endsWith("-c", "/data/nginx/nginx.conf");
        assertThat(new dev.slipway.proxy.nginx.worker.ProcFile(42).signal("HUP"))
                .isEqualTo(Command.of("kill", "-HUP", "42"));
    }

    @Test
    void complaintsAreReadFromTheTestAndFromTheLog() {
        assertThat(Complaint.parse("""
                        nginx: [warn] the "listen ... http2" directive is deprecated in /data/a.conf:3
                        nginx: [emerg] no servers are inside upstream in /data/a.conf:12
                        nginx: configuration file /data/nginx.conf test failed
                        2026/11/23 09:00:00 [emerg] 12#12: bind() to 0.0.0.0:80 failed (98: Address already in use)
                        """))
                .containsExactly(
                        new Complaint(
                                "warn",
                                "the \"listen ... http2\" directive is deprecated",
                                Optional.of("/data/a.conf"),
                                3),
                        new Complaint("emerg", "no servers are inside upstream", Optional.of("/data/a.conf"), 12),
                        new Complaint(
                                "emerg",
                                "bind() to 0.0.0.0:80 failed (98: Address already in use)",
                                Optional.empty(),
                                0))
                .last()
                .extracting(Complaint::takenPort)
                .isEqualTo(Optional.of("80"));
    }
}
