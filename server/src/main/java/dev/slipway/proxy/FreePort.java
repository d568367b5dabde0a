package dev.slipway.proxy;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Picks ports to listen on later. They lie below those that the kernel gives to outgoing connections by itself (from 32768 on, see {@code
 * ip_local_port_range} in ip(7)): a port from there can be somebody's before the one it was picked for has bound it.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int COUNT = 20_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /**
     * A port that nobody listens on now, on any address, and that this process was not told before, until all have been.
     *
     * @throws UserException if all of them are taken
     */
    public static int find() {
        IOException last = new IOException("none was tried");
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket probe = new ServerSocket(port)) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new UserException(
                UserException.Kind.FAILED,
                "No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free: " + last.getMessage(),
                last);
    }
}
