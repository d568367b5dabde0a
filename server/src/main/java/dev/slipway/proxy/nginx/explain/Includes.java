package dev.slipway.proxy.nginx.explain;

import java.util.List;

/** Finds the files that an {@code include} names. */
@FunctionalInterface
public interface Includes {

    /** @param pattern as the configuration has it; its files, in the order in which nginx reads them */
    List<Source> matching(String pattern);
}
