package dev.slipway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutesTest {

    private static final ProcessType WS = new ProcessType("ws");
    private static final ProcessType API = new ProcessType("api");
    private static final Route ECHO = route(WS, "/echo");

    @Test
    void thoseOfAReleaseAndThoseOfCommandsAreServedTogether() {
        assertThat(new Routes(List.of(ECHO), List.of(route(API, "/api"))).all())
                .containsExactly(route(API, "/api"), ECHO);
    }

    @Test
    void ofAPathThatBothNameTheReleasesHolds() {
        Route slower = onPort(ECHO, 6000);
        Routes routes = new Routes(List.of(slower), List.of(ECHO));
        routes.check(Set.of(WS));
        assertThat(routes.all()).containsExactly(slower);
    }

    @Test
    void aPathThatBothLeadElsewhereIsRefused() {
        assertThatThrownBy(() -> new Routes(List.of(ECHO), List.of(route(API, "/echo"))).check(Set.of(WS, API)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "app.json routes the path /echo to ws, and proxy:route:set to api: take one of the two away");
    }

    @Test
    void aTypeThatTheProcfileLacksIsRefused() {
        assertThatThrownBy(() -> new Routes(List.of(), List.of(ECHO)).check(Set.of(API, ProcessType.WEB)))
                .hasMessage("The path /echo is routed to ws, which is not in the Procfile (found: api, web):"
                        + " add it there, or take the route away with proxy:route:remove");
    }

    @Test
    void aRoutedPathIsTakenButItsSettingsMayChange() {
        Routes routes = new Routes(List.of(), List.of(ECHO));
        assertThat(routes.with(onPort(ECHO, 6000))).containsExactly(onPort(ECHO, 6000));
        assertThatThrownBy(() -> routes.with(ECHO))
                .hasMessage("The path /echo is already routed to ws:5000 in just this way");
        assertThatThrownBy(() -> routes.with(route(API, "/echo/")))
                .hasMessage("The path /echo is already routed to ws:5000: remove it first with proxy:route:remove");
        assertThatThrownBy(() -> new Routes(List.of(ECHO), List.of()).with(onPort(ECHO, 6000)))
                .hasMessage("The path /echo is already routed to ws:5000 by app.json: change it there and push");
    }

    @Test
    void onlyWhatACommandRoutedCanBeRemovedByOne() {
        Routes routes = new Routes(List.of(route(API, "/api")), List.of(ECHO));
        assertThat(routes.without(new RoutePath("/echo"))).isEmpty();
        assertThatThrownBy(() -> routes.without(new RoutePath("/api")))
                .hasMessage("The path /api is routed by app.json: take it out there and push");
        assertThatThrownBy(() -> routes.without(new RoutePath("/x")))
                .hasMessage("The path /x is not routed (routed: /echo)");
    }

    @Test
    void whatACommandRoutedIsRemovedAlsoWhereAppJsonDeclaresIt() {
        Routes routes = new Routes(List.of(ECHO), List.of(onPort(ECHO, 6000), route(API, "/api")));
        assertThat(routes.without(new RoutePath("/echo"))).containsExactly(route(API, "/api"));
    }

    @Test
    void aTypeListensOnEveryPortThatLeadsToIt() {
        Routes routes = new Routes(List.of(ECHO), List.of(onPort(route(WS, "/chat"), 6000), route(API, "/api")));
        assertThat(routes.ports(WS)).containsExactly(5000, 6000);
        assertThat(routes.ports(ProcessType.WEB)).isEmpty();
    }

    private static Route route(ProcessType type, String path) {
        return Route.to(type, new RoutePath(path));
    }

    private static Route onPort(Route route, int port) {
        return new Route(route.process(), route.path(), port, false, Route.USUAL_IDLE, Optional.empty(), 0);
    }
}
