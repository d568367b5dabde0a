package dev.slipway.e2e;

/** The test app without a template of its own: app.json leads {@code /echo} to its {@code ws} process. */
final class RoutedApp {

    static final String APP_JSON = """
            {
              "formation": {"web": {"quantity": 1}},
              "routes": [
                {"process": "ws", "path": "/echo"}
              ],
              "healthchecks": {
                "ws": [{"name": "it echoes", "websocket": true, "path": "/echo", "echo": "hello"}]
              }
            }
            """;

    private RoutedApp() {}

    /** Pushes it and scales ws to 1. */
    static Checkout deploy(Platform platform, String name) {
        Checkout app = checkout(platform, name);
        app.deploy();
        platform.ok("ps:scale", name, "ws=1");
        return app;
    }

    /** Not pushed yet; its scale is left to {@code ps:scale}. */
    static Checkout checkout(Platform platform, String name) {
        return platform.checkout(name, "echo")
                .write("app.json", APP_JSON.replaceFirst(".*formation.*\n", ""))
                .commit("lead /echo to ws");
    }
}
