package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Repositories that others publish, buildpacks for instance: one mirror for each address, fetched by git's own user with what
 * {@link Credentials} gives it, which may use no protocol but those of {@link #PROTOCOLS} wherever it is sent. The machine's own configuration of git ({@code /etc/gitconfig}) counts
 * here, since proxies and certificate authorities stand in it.
 */
public final class Mirrors {

    private static final String PROTOCOLS = "https:http:git:ssh";

    private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);

    private static final String HEAD = "refs/slipway/head";

    private final GitSetup setup;
    private final Runner runner;
    private final Credentials credentials;
    private final ConcurrentMap<Path, ReentrantLock> turns = new ConcurrentHashMap<>();

    public Mirrors(GitSetup setup, Runner runner, Credentials credentials) {
        this.setup = setup;
        this.runner = runner;
        this.credentials = credentials;
    }

    /**
     * The commit that is to be used, fetched unless it is a whole commit id that is there already.
     *
     * @param url an address whose form has been checked
     * @param ref a branch, a tag or a commit; empty for the repository's HEAD
     * @throws UserException if it cannot be fetched, or has no such ref
     */
    public Revision fetch(String url, String ref) {
        Path mirror = mirror(url);
        ReentrantLock turn = turn(mirror);
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(UserException.Kind.BUSY, "Gave up waiting for " + url + " to be fetched", e);
        }
        try {
            markUsed(mirror);
            boolean pinned = ref.matches("[0-9a-f]{40}");
            Optional<Revision> there = pinned && Files.exists(mirror) ? find(mirror, ref) : Optional.empty();
            return there.orElseGet(() -> {
                refresh(url, mirror);
                return named(mirror, ref)
                        .orElseThrow(() -> UserException.failed(
                                url + " has no " + (ref.isEmpty() ? "HEAD" : "branch, tag or commit " + ref)));
            });
        } finally {
            turn.unlock();
        }
    }

    private ReentrantLock turn(Path mirror) {
        return turns.computeIfAbsent(mirror, place -> new ReentrantLock());
    }

    /** Marks a mirror as one that a build wants now: its modification time says when it was used. */
    private static void markUsed(Path mirror) {
        try {
            if (Files.exists(mirror)) {
                Files.setLastModifiedTime(mirror, FileTime.from(Instant.now()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mirror " + mirror + " cannot be used", e);
        }
    }

    /** Removes the mirrors that were not used since then; whoever wants one again fetches it anew. */
    public void forget(Instant unusedSince) {
        if (Files.notExists(mirrors())) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(mirrors(), "*.git")) {
            for (Path mirror : all) {
                ReentrantLock turn = turn(mirror);
                turn.lock();
                try {
                    if (Files.getLastModifiedTime(mirror).toInstant().isBefore(unusedSince)) {
                        Owned.deleteTree(mirror);
                    }
                } finally {
                    turn.unlock();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old mirrors cannot be removed", e);
        }
    }

    /** Lays out a commit that {@link #fetch} gave, as files of a user's; submodules are left out. */
    public Layout layOut(String url, Revision revision, Path into, SandboxUser owner) {
        Path mirror = mirror(url);
        return new ObjectReader(runner, words -> in(mirror, words)).layOut(revision + "^{tree}", into, owner);
    }

    private void refresh(String url, Path mirror) {
        make(mirror);
        try {
            Command fetch = in(
                            mirror,
                            "fetch",
                            "--quiet",
                            "--force",
                            "--prune",
                            "--no-tags",
                            "--no-write-fetch-head",
                            "--no-recurse-submodules",
                            "--end-of-options",
                            url,
                            "+refs/heads/*:refs/heads/*",
                            "+refs/tags/*:refs/tags/*",
                            "+HEAD:" + HEAD)
                    .within(LONGEST_FETCH);
            Result fetched = runner.run(setup.named(credentials.passwd(), fetch));
            if (!fetched.ok()) {
                throw UserException.failed(url + " cannot be fetched:\n" + said(fetched.complaint()));
            }
        } catch (ProgramFailure e) {
            throw new UserException(
                    UserException.Kind.FAILED, url + " cannot be fetched: " + said(String.valueOf(e.getMessage())), e);
        }
    }

    /** What git says, without what an address that it was sent to may have put in. */
    private static String said(String complaint) {
        return complaint.strip().replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    private void make(Path mirror) {
        try {
            int uid = setup.user().uid();
            Owned.directory(mirrors(), "rwx------", uid, uid);
            if (Files.notExists(mirror)) {
                Path fresh = mirrors().resolve(".new-" + mirror.getFileName());
                Owned.deleteTree(fresh);
                Owned.directory(fresh, "rwx------", uid, uid);
                runner.out(setup.git(
                        List.of("init.templateDir="), List.of("init", "--quiet", "--bare", fresh.toString())));
                Files.move(fresh, mirror);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mirror " + mirror + " cannot be made", e);
        }
    }

    private Optional<Revision> named(Path mirror, String ref) {
        List<String> names = ref.isEmpty() ? List.of(HEAD) : List.of("refs/tags/" + ref, "refs/heads/" + ref, ref);
        return names.stream()
                .map(name -> find(mirror, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Revision> find(Path mirror, String name) {
        Result result =
                runner.run(in(mirror, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"));
        return result.ok() ? Optional.of(new Revision(result.out().strip())) : Optional.empty();
    }

    private Command in(Path mirror, String... words) {
        return in(mirror, Stream.of(words).toList());
    }

    private Command in(Path mirror, List<String> words) {
        List<String> all = new ArrayList<>(List.of("--git-dir", mirror.toString()));
        all.addAll(words);
        return setup.git(List.of("core.hooksPath=/dev/null", "gc.auto=0"), all)
                .environment("GIT_CONFIG_NOSYSTEM", "0")
                .environment("GIT_ALLOW_PROTOCOL", PROTOCOLS);
    }

    private Path mirrors() {
        return setup.own().resolve("mirrors");
    }

    private Path mirror(String url) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return mirrors().resolve(HexFormat.of().formatHex(digest, 0, 16) + ".git");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
