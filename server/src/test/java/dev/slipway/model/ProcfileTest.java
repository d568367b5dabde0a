package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcfileTest {

    @Test
    void theTutorialsLinesAreRead() {
        Procfile procfile = Procfile.parse("Procfile", "web: websocket-example web\nws: websocket-example ws\n");
        assertThat(procfile.types()).containsExactly(ProcessType.WEB, new ProcessType("ws"));
        assertThat(procfile.command(new ProcessType("ws"))).isEqualTo("websocket-example ws");
    }

    @Test
    void commentsBlankLinesAndWindowsLineEndsArePassedOver() {
        Procfile procfile = Procfile.parse("Procfile", "# what runs\r\n\r\nweb:./server --url http://x:1\r\n");
        assertThat(procfile.command(ProcessType.WEB)).isEqualTo("./server --url http://x:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web:", ": run", "we b: run", "-web: run", "web/x: run"})
    void aMalformedLineIsNamed(String line) {
        assertThatThrownBy(() -> Procfile.parse("Procfile", "ok: run\n" + line + "\n"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Procfile:2: malformed line: " + line.strip());
    }

    @Test
    void aTypeThatIsDeclaredTwiceIsNamed() {
        assertThatThrownBy(() -> Procfile.parse("Procfile", "web: a\n\nweb: b\n"))
                .hasMessage("Procfile:3: process type web is declared twice; keep one of the lines");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> Procfile.parse("Procfile", "# nothing\n")).hasMessageContaining("no process type");
    }

    @ParameterizedTest
    @CsvSource({
        "ws,DOKKU_APP_WS_LISTENERS",
        "websocket,DOKKU_APP_WEBSOCKET_LISTENERS",
        "web-socket,DOKKU_APP_WEB_SOCKET_LISTENERS"
    })
    void theVariablesOfATypeFollowsTheTutorialsTable(String type, String variable) {
        assertThat(new ProcessType(type).listenersVariable()).isEqualTo(variable);
    }
}
