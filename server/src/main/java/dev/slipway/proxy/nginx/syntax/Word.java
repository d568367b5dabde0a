package dev.slipway.proxy.nginx.syntax;

/**
 * One word of nginx configuration text.
 *
 * @param text what nginx understands: without quotes and escapes
 * @param line where it begins; lines are counted from 1
 * @param start offset of its first character in the text, its quote included
 * @param end offset just after its last character
 */
public record Word(String text, int line, int start, int end) {}
