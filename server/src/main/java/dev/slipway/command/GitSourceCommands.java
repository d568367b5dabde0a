package dev.slipway.command;

import dev.slipway.app.Sources;
import dev.slipway.app.Sources.Build;
import dev.slipway.deploy.AppProperty;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.source.Author;
import dev.slipway.source.RemoteUrl;
import dev.slipway.source.archive.Archive;
import dev.slipway.source.archive.ArchiveType;
import dev.slipway.source.archive.Download;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What becomes a revision without being pushed. */
final class GitSourceCommands {

    private static final String TYPE = "--archive-type";
    private static final String STDIN = "--";

    private static final String NO_IMAGES = "Docker images are not part of Slipway: it builds an app from its source."
            + " Push that, or give it as an archive with git:from-archive";

    private final Sources sources;

    GitSourceCommands(Sources sources) {
        this.sources = sources;
    }

    List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "git:from-archive",
                        "<app> " + STDIN + "|<archive> [<git-username>] [<git-email>] [" + TYPE + " <type>]",
                        "Deploy a tar, tar.gz or zip: a URL, a file of this machine, or -- for standard input",
                        this::fromArchive),
                Verb.of(
                        "git:from-image",
                        "<app> <docker-image> [<git-username>] [<git-email>] [--build-dir <directory>]",
                        "Refuse a Docker image, with what to use instead",
                        GitSourceCommands::refuseImage),
                Verb.of(
                        "git:load-image",
                        "<app> <docker-image> [<git-username>] [<git-email>] [--build-dir <directory>]",
                        "Refuse a Docker image, with what to use instead",
                        GitSourceCommands::refuseImage),
                Verb.of(
                        "git:sync",
                        "<app> <repository> [<git-ref>] [--build] [--build-if-changes] [--skip-deploy-branch]",
                        "Fetch an app's deploy branch from a repository elsewhere; --build deploys it",
                        this::sync));
    }

    private static void refuseImage(Call call) {
        call.app();
        throw UserException.invalid(NO_IMAGES);
    }

    private void fromArchive(Call call) {
        App app = call.app();
        ArchiveType type = ArchiveType.parse(call.arguments().value(TYPE).orElse("tar"));
        Author author = author(call);
        Path scratch = sources.scratch();
        try {
            Path file = call.arguments().has(STDIN)
                    ? received(call, type, scratch)
                    : named(call, call.arguments().one("archive"), type, scratch);
            call.step("Generating build context");
            Archive archive = new Archive(file, type, sources.limits());
            sources.fromArchive(app.name(), archive, author, scratch, call.console());
        } finally {
            delete(scratch);
        }
    }

    private static Author author(Call call) {
        Optional<String> name = call.arguments().optional("git-username");
        if (name.isEmpty()) {
            return Author.UNNAMED;
        }
        return new Author(name.get(), call.arguments().optional("git-email").orElse(Author.UNNAMED.email()));
    }

    private Path received(Call call, ArchiveType type, Path scratch) {
        call.step("Fetching " + type + " file from stdin");
        Path file = scratch.resolve("archive");
        try {
            if (Download.save(call.in(), file, sources.limits()) == 0) {
                throw UserException.invalid("There is nothing on standard input: send the archive, as in git archive"
                        + " main | ssh … git:from-archive " + call.appName() + " --");
            }
            return file;
        } catch (IOException e) {
            throw new UserException(
                    UserException.Kind.FAILED, "The archive on standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private Path named(Call call, String word, ArchiveType type, Path scratch) {
        if (!Download.isUrl(word)) {
            return LocalFile.existing(call, word, "send it: ssh … git:from-archive " + call.appName() + " -- < FILE");
        }
        Download download = Download.of(word);
        call.step("Downloading " + type + " file from " + download);
        Path file = scratch.resolve("archive");
        download.into(file, sources.limits());
        return file;
    }

    private static void delete(Path scratch) {
        try {
            Files.deleteIfExists(scratch.resolve("archive"));
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sync(Call call) {
        App app = call.app();
        RemoteUrl from = new RemoteUrl(call.arguments().one("repository"));
        Optional<String> name = call.arguments().optional("git-ref").map(AppProperty.DEPLOY_BRANCH::check);
        boolean always = call.arguments().has("--build");
        boolean ifChanged = call.arguments().has("--build-if-changes");
        if (always && ifChanged) {
            throw UserException.invalid("Write --build or --build-if-changes, not both");
        }
        Build build = always ? Build.ALWAYS : ifChanged ? Build.IF_CHANGED : Build.NEVER;
        boolean keep = call.arguments().has("--skip-deploy-branch");
        sources.sync(app.name(), new Sources.Sync(from, name, build, keep), call.console());
    }
}
