package dev.slipway.ssh;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.util.List;

/** What the words that came over ssh ask for. */
sealed interface Request {

    /** {@code git push}. */
    record Receive(AppName app) implements Request {}

    /** {@code git clone} or {@code git fetch}. */
    record Upload(AppName app) implements Request {}

    /** A command of the table; without words, help. */
    record Run(List<String> words) implements Request {}

    static Request of(List<String> words) {
        boolean parted = words.size() > 1 && words.getFirst().equals("git");
        String program = parted ? "git-" + words.get(1) : words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.subList(Math.min(words.size(), parted ? 2 : 1), words.size());
        return switch (program) {
            case "git-receive-pack" -> new Receive(app(rest));
            case "git-upload-pack" -> new Upload(app(rest));
            case "git-upload-archive" ->
                throw UserException.invalid("git archive --remote is not served here; clone the app instead");
            default -> new Run(words);
        };
    }

    /** Clients name a repository {@code APP}, {@code /APP} or {@code APP.git}, after the form of their remote's address. */
    private static AppName app(List<String> words) {
        if (words.size() != 1) {
            throw UserException.invalid("git asks for one repository at a time");
        }
        String path =
                words.getFirst().replaceFirst("^~?/", "").replaceFirst("/$", "").replaceFirst("\\.git$", "");
        return new AppName(path);
    }
}
