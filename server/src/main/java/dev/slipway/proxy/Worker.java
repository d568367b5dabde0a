package dev.slipway.proxy;

import java.time.Duration;

/**
 * One worker process of the proxy, as it is at this moment.
 *
 * @param age since it was forked
 * @param clients connections that clients have open to it
 * @param upstreams connections that it has open to the apps' processes, idle ones included
 * @param memory in bytes, its proportional share (Pss in proc(5)): a page that n processes share counts as an nth, so that workers
 *     can be added up
 */
public record Worker(long pid, Duration age, int clients, int upstreams, long memory) {}
