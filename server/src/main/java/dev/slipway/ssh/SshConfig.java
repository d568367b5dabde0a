package dev.slipway.ssh;

/** What a client's own configuration needs so that {@code dokku@HOST:APP} finds a server on another port than 22. */
public final class SshConfig {

    private SshConfig() {}

    /** Lines for {@code ~/.ssh/config}, ended by a newline. */
    public static String snippet(String host, int port) {
        return """
                Host %s
                  Port %d
                """.formatted(host, port);
    }
}
