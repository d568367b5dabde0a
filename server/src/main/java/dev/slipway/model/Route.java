package dev.slipway.model;

import java.util.Optional;

/**
 * A path of an app's sites that leads to one of its process types.
 *
 * @param port where the processes of that type listen for it
 * @param strip whether the process sees the path without the route's own: {@code /echo/x} as {@code /x}
 * @param idle how long nothing may move on a connection
 * @param sticky what keeps a client with one process, if anything does
 * @param maxConnections how many connections one process gets at most; 0 for no bound
 */
public record Route(
        ProcessType process,
        RoutePath path,
        int port,
        boolean strip,
        IdleTime idle,
        Optional<Sticky> sticky,
        int maxConnections) {

    public static final IdleTime USUAL_IDLE = new IdleTime(3600);

    private static final int MOST_CONNECTIONS = 1_000_000;

    public Route {
        if (port < 1 || port > 65535) {
            throw UserException.invalid("Port " + port + " is out of range: 1 to 65535");
        }
        if (strip && path.isRoot()) {
            throw UserException.invalid("There is nothing to strip from the path /: leave --strip out");
        }
        if (maxConnections < 0 || maxConnections > MOST_CONNECTIONS) {
            throw UserException.invalid("The most connections of a process must be between 0 (no bound) and "
                    + MOST_CONNECTIONS + ", not " + maxConnections);
        }
    }

    /** A route that says no more than where it leads. */
    public static Route to(ProcessType process, RoutePath path) {
        return new Route(process, path, ProcessSpec.PORT, false, USUAL_IDLE, Optional.empty(), 0);
    }

    /** What it leads to, as reports and messages write it: {@code ws:5000}. */
    public String target() {
        return process + ":" + port;
    }
}
