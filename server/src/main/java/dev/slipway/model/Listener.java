package dev.slipway.model;

/** Where one running process listens: an address of its own and a port. */
public record Listener(String address, int port) {

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
