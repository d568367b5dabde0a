package dev.slipway.proxy.nginx.explain;

import java.util.function.IntFunction;

/**
 * One file of nginx's configuration.
 *
 * @param name for messages
 * @param where what to call a line of it, counted from 1
 */
public record Source(String name, String text, IntFunction<String> where) {}
