package dev.slipway.proxy.nginx.site;

import java.util.Locale;

/**
 * One setting of an app's part in nginx.
 *
 * @param name as {@code nginx:set} takes it: proxy-read-timeout
 * @param variable the template variable that holds its value; empty if no template sees it
 * @param otherwise its value unless the app or the installation sets it; empty for none
 * @param help one line for the manual
 * @param whole whether it is about nginx as a whole, so that no app has a value of its own
 */
public record NginxProperty(
        String name, String variable, NginxType type, String otherwise, String help, boolean whole) {

    /** One that each app may set for itself. */
    NginxProperty(String name, String variable, NginxType type, String otherwise, String help) {
        this(name, variable, type, otherwise, help, false);
    }

    /** As reports name it, in Dokku's words: {@code Nginx proxy read timeout}, {@code Nginx computed proxy read timeout}. */
    public String label(String which) {
        String words = name.replace('-', ' ').toLowerCase(Locale.ROOT);
        return which.isEmpty() ? "Nginx " + words : "Nginx " + which + " " + words;
    }
}
