package dev.slipway.proxy.nginx.site;

/**
 * Something to tell of a rendered file.
 *
 * @param line of the rendered text, counted from 1; 0 if it is about the whole
 * @param message what is wrong and what to do, without file and line
 */
record Finding(int line, String message) {}
