package dev.slipway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"shop", "/shop", "shop.git", "/shop.git", "~/shop", "/shop/"})
    void aRepositoryHasManySpellings(String path) {
        AppName shop = new AppName("shop");
        assertThat(Request.of(List.of("git-receive-pack", path))).isEqualTo(new Request.Receive(shop));
        assertThat(Request.of(List.of("git", "receive-pack", path))).isEqualTo(new Request.Receive(shop));
        assertThat(Request.of(List.of("git-upload-pack", path))).isEqualTo(new Request.Upload(shop));
    }

    @Test
    void allElseIsACommand() {
        assertThat(Request.of(List.of())).isEqualTo(new Request.Run(List.of()));
        assertThat(Request.of(List.of("git"))).isEqualTo(new Request.Run(List.of("git")));
        assertThat(Request.of(List.of("git:set", "shop"))).isEqualTo(new Request.Run(List.of("git:set", "shop")));
        assertThat(Request.of(List.of("git", "status"))).isEqualTo(new Request.Run(List.of("git", "status")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shop", "/etc/passwd", "", "Shop", "--upload", "a/b"})
    void aPathThatIsNoAppIsRefused(String path) {
        assertThatThrownBy(() -> Request.of(List.of("git-upload-pack", path))).isInstanceOf(UserException.class);
    }

    @Test
    void oneRepositoryAtATime() {
        assertThatThrownBy(() -> Request.of(List.of("git-receive-pack", "a", "b")))
                .isInstanceOf(UserException.class);
        assertThatThrownBy(() -> Request.of(List.of("git-upload-archive", "a"))).isInstanceOf(UserException.class);
    }
}
