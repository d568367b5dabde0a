package dev.slipway.proxy.nginx.site;

import dev.slipway.model.UserException;
import java.util.regex.Pattern;

/**
 * What a value in nginx's configuration may look like. No type accepts a character that could end a directive or begin another
 * one, so a value can be written into any template as it is.
 */
public enum NginxType {
    /** nginx's size syntax, as in {@code client_max_body_size}; 0 switches a limit off where nginx says so. */
    SIZE("[0-9]{1,12}[kKmMgG]?", "a size such as 512k, 8m or 1g"),
    /** nginx's time syntax: parts from the largest unit to the smallest. */
    TIME(
            "([0-9]{1,6}y)?([0-9]{1,6}M)?([0-9]{1,6}w)?([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,9}s?)?([0-9]{1,9}ms)?",
            "a time such as 500ms, 60s or 1h30m"),
    /** One of nginx's switches. */
    ON_OFF("on|off", "on or off"),
    /** One of Dokku's switches. */
    TRUE_FALSE("true|false", "true or false"),
    /** A whole number. */
    NUMBER("[0-9]{1,9}", "a whole number"),
    /** A count and a size, as in {@code proxy_buffers}. */
    BUFFERS("[1-9][0-9]{0,5} [1-9][0-9]{0,9}[kKmM]?", "a number and a size such as 8 4k"),
    /** An IPv4 address in digits. */
    IPV4("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}", "an IPv4 address such as 0.0.0.0"),
    /** An IPv6 address without brackets. */
    IPV6("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", "an IPv6 address such as ::"),
    /** Where a log goes. */
    LOG_PATH(
            "off|/[A-Za-z0-9._/-]+|syslog:[A-Za-z0-9._:/=,\\[\\]-]+", "off, an absolute path or syslog:server=ADDRESS"),
    /** The name of a {@code log_format}. */
    FORMAT("[A-Za-z0-9_.-]{1,64}", "the name of a log format, such as combined or slipway_json"),
    /** The value of a request header: text and nginx variables, one word since templates write it without quotes. */
    HEADER("[A-Za-z0-9_$.,:/\\[\\]-]{1,256}", "one word of text or nginx variables such as $remote_addr"),
    /** A file within the app's repository. */
    FILE("(?!/)(?!.*\\.\\.)[A-Za-z0-9._/-]{1,255}", "a path within the repository, such as nginx.conf.sigil");

    private final Pattern form;
    private final String description;

    NginxType(String form, String description) {
        this.form = Pattern.compile(form);
        this.description = description;
    }

    /** What to write, for messages and the manual: {@code a size such as 512k, 8m or 1g}. */
    public String description() {
        return description;
    }

    /**
     * Takes a value as it is.
     *
     * @param what names the value in the error
     * @throws UserException if nginx would read it otherwise or not at all
     */
    public String check(String what, String value) {
        if (value.isEmpty() || !form.matcher(value).matches()) {
            throw UserException.invalid("Invalid value for " + what + ": '" + value + "': write " + description);
        }
        return value;
    }
}
