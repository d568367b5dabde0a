package dev.slipway.command;

import dev.slipway.model.UserException;
import dev.slipway.source.Credentials;
import dev.slipway.source.GitHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How this machine proves itself to others that serve repositories, and knows them. */
final class GitRemoteCommands {

    private static final String FROM_INPUT = "--password-stdin";

    /** A password is no longer. */
    private static final int LONGEST = 4096;

    private final Credentials credentials;

    GitRemoteCommands(Credentials credentials) {
        this.credentials = credentials;
    }

    List<Verb> verbs() {
        return List.of(
                Verb.of("git:allow-host", "<host>", "Trust the ssh keys that a git host has now", this::allowHost),
                Verb.of(
                        "git:auth",
                        "<host> [<username>] [<password>] [" + FROM_INPUT + "]",
                        "Keep a user and a password for a git host, or without them forget those that are kept",
                        this::auth),
                Verb.of(
                        "git:generate-deploy-key",
                        "",
                        "Make the ssh key by which this machine fetches",
                        this::generateKey),
                Verb.of("git:public-key", "", "Print the public half of the deploy key", this::publicKey));
    }

    private void allowHost(Call call) {
        GitHost host = GitHost.parse(call.arguments().one("host"));
        List<String> keys = credentials.allow(host);
        call.step(host + " added to known hosts");
        keys.forEach(call.console()::detail);
    }

    private void auth(Call call) {
        GitHost host = GitHost.parse(call.arguments().one("host"));
        Optional<String> user = call.arguments().optional("username");
        if (user.isEmpty()) {
            call.step("Removing netrc auth entry for host " + host.name());
            if (!credentials.logout(host)) {
                throw UserException.notFound("No user is kept for " + host.name());
            }
            return;
        }
        Optional<String> password = call.arguments().optional("password");
        if (call.arguments().has(FROM_INPUT)) {
            if (password.isPresent()) {
                throw UserException.invalid("Write the password or " + FROM_INPUT + ", not both");
            }
            password = Optional.of(read(call));
        }
        String secret = password.orElseThrow(() -> UserException.invalid("Missing password for netrc auth entry"));
        credentials.login(host, user.get(), secret);
        call.step("Setting netrc auth entry for host " + host.name());
    }

    private static String read(Call call) {
        try {
            return new String(call.in().readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UserException(
                    UserException.Kind.INVALID, "The password on standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private void generateKey(Call call) {
        credentials.generateKey();
        call.step("Generated the deploy key");
        publicKey(call);
    }

    private void publicKey(Call call) {
        call.console()
                .line(
                        credentials
                                .publicKey()
                                .orElseThrow(
                                        () -> UserException.notFound(
                                                "There is no deploy key associated with the dokku user.\n"
                                                        + "Generate one with dokku git:generate-deploy-key, or use dokku git:auth HOST USER PASSWORD")));
    }
}
