package dev.slipway.model;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A buildpack as a user names it: one that comes with the platform, one of a git repository, or one in the app's own tree. */
public sealed interface Buildpack {

    /** One that comes with the platform. */
    record BuiltIn(String name) implements Buildpack {

        @Override
        public String toString() {
            return OWNER + "/" + name;
        }
    }

    /**
     * One that is fetched with git.
     *
     * @param ref a branch, a tag or a commit; empty for what the repository's HEAD is
     */
    record Remote(String url, String ref) implements Buildpack {

        @Override
        public String toString() {
            return ref.isEmpty() ? url : url + "#" + ref;
        }
    }

    /** One that is a directory of the app's own tree. */
    record Local(String path) implements Buildpack {

        @Override
        public String toString() {
            return "./" + path;
        }
    }

    String OWNER = "slipway";

    int LONGEST = 1000;

    /** By the names that users have for them; the values are those of the directories that they are in. */
    Map<String, String> BUILT_IN = Map.of(
            "java",
            "maven",
            "maven",
            "maven",
            "nodejs",
            "nodejs",
            "python",
            "python",
            "go",
            "go",
            "procfile",
            "procfile");

    Pattern SHORT = Pattern.compile("([\\w-]+)/([\\w-]+)");
    Pattern HEROKU = Pattern.compile("https://github\\.com/heroku/heroku-buildpack-(java|nodejs|python|go)(\\.git)?");
    Pattern PLACE = Pattern.compile("(https?|git)://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9._~%+-]+)+/?"
            + "|ssh://([a-z_][a-z0-9_-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9._~+-]+)+/?"
            + "|[a-z_][a-z0-9_-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9._~/][A-Za-z0-9._~+/-]*");
    Pattern REF = Pattern.compile("(?!.*(\\.\\.|//|/\\.|\\.lock$|/$))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}");
    Pattern PATH = Pattern.compile("[A-Za-z0-9._/-]{1,255}");
    Pattern UPWARDS = Pattern.compile("(^|.*/)(\\.\\.?|\\.git)?(/.*|$)");

    /** @throws UserException in Dokku's words, and what can be written instead */
    static Buildpack parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid(text);
        }
        Matcher name = SHORT.matcher(text);
        if (text.startsWith("./")) {
            return local(text);
        }
        if (name.matches()) {
            return shorthand(name.group(1), name.group(2), text);
        }
        int end = refAt(text);
        String url = end < 0 ? text : text.substring(0, end);
        String ref = end < 0 ? "" : text.substring(end + 1);
        if (!PLACE.matcher(url).matches() || (end >= 0 && !REF.matcher(ref).matches())) {
            throw invalid(text);
        }
        return new Remote(url, ref);
    }

    /** Where the ref begins: behind a {@code #}, or behind an {@code @} in the last part of the path. */
    private static int refAt(String text) {
        int hash = text.indexOf('#');
        int at = text.lastIndexOf('@');
        if (hash >= 0) {
            return hash;
        }
        return at > text.lastIndexOf('/') && at > text.lastIndexOf(':') ? at : -1;
    }

    /** As in Dokku: {@code heroku/nodejs} stands for the repository that Heroku publishes it in. */
    private static Buildpack shorthand(String owner, String name, String text) {
        if (owner.equals(OWNER)) {
            String directory = BUILT_IN.get(name);
            if (directory == null) {
                throw invalid(text);
            }
            return new BuiltIn(directory);
        }
        String publisher = owner.equals("heroku-community") ? "heroku" : owner;
        return new Remote("https://github.com/" + publisher + "/heroku-buildpack-" + name + ".git", "");
    }

    private static Buildpack local(String text) {
        String path = text.substring(2);
        if (!PATH.matcher(path).matches() || UPWARDS.matcher(path).matches()) {
            throw invalid(text);
        }
        return new Local(path);
    }

    private static UserException invalid(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return UserException.invalid("Invalid buildpack specified: " + shown.replaceAll("[\\p{Cntrl}]", "?")
                + "\nWrite the URL of a git repository (https, http, git or ssh; #REF for a branch, tag or commit), a name such as"
                + " heroku/nodejs,\nor the path of a directory in the app's repository: ./PATH");
    }

    /** The platform's own that does what this one is for; a repository's is taken for its own only where no ref asks for that one. */
    default Optional<String> builtIn() {
        return switch (this) {
            case BuiltIn(String name) -> Optional.of(name);
            case Remote(String url, String ref)
            when ref.isEmpty() -> {
                Matcher heroku = HEROKU.matcher(url);
                yield heroku.matches() ? Optional.ofNullable(BUILT_IN.get(heroku.group(1))) : Optional.empty();
            }
            case Remote _, Local _ -> Optional.empty();
        };
    }
}
