package dev.slipway.source;

import dev.slipway.model.UserException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository is fetched from: {@code https://}, {@code http://}, {@code ssh://}, {@code git://}, or {@code git@host:path}. Helpers
 * that run programs ({@code ext::}) and files of this machine are no such place.
 *
 * @param value as git takes it; it may hold a password
 */
public record RemoteUrl(String value) {

    private static final String USER = "(?:[A-Za-z0-9_.%~+][^\\s/@]*@)?";
    private static final String HOST = "(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])";

    private static final Pattern URL =
            Pattern.compile("(?:https|http|ssh|git)://" + USER + HOST + "(?::[0-9]{1,5})?/[^\\s\\p{Cntrl}]+");

    /** As scp writes it; what would be a helper or a URL of another scheme is none. */
    private static final Pattern SCP =
            Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?" + HOST + ":(?![:/]{2}|:|-)[^\\s\\p{Cntrl}]+");

    private static final Pattern LOGIN = Pattern.compile("(https?://)([^/@]*)@([^/]+)");

    private static final Pattern SECRET = Pattern.compile("(?<=://)([^/@]*)@");

    public RemoteUrl {
        if (value.length() > 2048
                || !(URL.matcher(value).matches() || SCP.matcher(value).matches())) {
            throw UserException.invalid(
                    "Not a repository that can be fetched: write https://HOST/PATH, http://, ssh://, git:// or"
                            + " git@HOST:PATH");
        }
    }

    /** The user and the password that an http address holds. */
    Optional<Login> login() {
        Matcher form = LOGIN.matcher(value);
        if (!form.lookingAt()) {
            return Optional.empty();
        }
        String[] words = form.group(2).split(":", 2);
        return Optional.of(
                new Login(form.group(1) + form.group(3), decoded(words[0]), words.length < 2 ? "" : decoded(words[1])));
    }

    /** @param host as git's configuration names it: {@code https://git.example.com:8443} */
    record Login(String host, String user, String password) {

        /** As a request tells it (RFC 7617). */
        String basic() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
    }

    private static String decoded(String word) {
        String text;
        try {
            text = URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    UserException.Kind.INVALID, "The address's user or password has a % that is no %XX", e);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw UserException.invalid("The address's user or password holds a control character");
        }
        return text;
    }

    /** Without user and password. */
    public String shown() {
        return without(value);
    }

    /** A text in which git may have repeated it, without user and password. */
    String without(String text) {
        Matcher secret = SECRET.matcher(value);
        return secret.find() ? text.replace(secret.group(1) + "@", "").replace(secret.group(1), "***") : text;
    }

    @Override
    public String toString() {
        return shown();
    }
}
