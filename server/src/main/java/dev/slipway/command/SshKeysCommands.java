package dev.slipway.command;

import dev.slipway.model.AuthorizedKey;
import dev.slipway.model.UserException;
import dev.slipway.store.Store.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code ssh-keys}: who may push and run commands. */
final class SshKeysCommands implements Noun {

    private static final String FINGERPRINT = "--fingerprint";
    /** No public key is longer. */
    private static final int LONGEST = 64 * 1024;

    @Override
    public String name() {
        return "ssh-keys";
    }

    @Override
    public String summary() {
        return "Manage public ssh keys used for deployment";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "ssh-keys:add",
                        "<name> [<file>]",
                        "Let a public key in, from a file or from standard input",
                        this::add),
                Verb.of("ssh-keys:list", "[<name>]", "List the keys with their fingerprints", this::list),
                Verb.of(
                        "ssh-keys:remove",
                        FINGERPRINT + "|<name> [<fingerprint>]",
                        "Let a key in no longer: the one of a name, or of a fingerprint",
                        this::remove));
    }

    private void add(Call call) {
        String name = call.arguments().one("name");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}")) {
            throw UserException.invalid("A key's name is made of letters, digits and . _ @ -, at most 63 of them");
        }
        Optional<String> file = call.arguments().optional("file");
        AuthorizedKey key = AuthorizedKey.parse(
                file.isPresent()
                        ? LocalFile.read(call, file.get(), "send the key: ssh … ssh-keys:add " + name + " < key.pub")
                        : input(call));
        call.store().addSshKey(new SshKey(name, key.fingerprint(), key.toString()));
        call.console().line(key.fingerprint());
    }

    private static String input(Call call) {
        try {
            byte[] bytes = call.in().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw UserException.invalid("That is too long to be a public key");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException(UserException.Kind.INVALID, "The key could not be read from standard input", e);
        }
    }

    private void list(Call call) {
        List<SshKey> keys = call.store().sshKeys().stream()
                .filter(key -> call.arguments()
                        .optional("name")
                        .map(key.name()::equals)
                        .orElse(true))
                .toList();
        if (keys.isEmpty()) {
            throw UserException.notFound("No public keys found");
        }
        keys.forEach(key -> call.console()
                .line(key.fingerprint() + " NAME=\"" + key.name() + "\" SSHCOMMAND_ALLOWED_KEYS=\""
                        + "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding\""));
    }

    private void remove(Call call) {
        if (call.arguments().has(FINGERPRINT)) {
            removeByFingerprint(call);
            return;
        }
        String name = call.arguments().one("name");
        call.arguments().optional("fingerprint").ifPresent(word -> {
            throw UserException.invalid("Too many words, beginning with '" + Words.shown(word) + "': one name, or "
                    + FINGERPRINT + " and a fingerprint");
        });
        if (!call.store().removeSshKey(name)) {
            throw UserException.notFound("There is no key of the name " + Words.shown(name) + ": see ssh-keys:list");
        }
    }

    private static void removeByFingerprint(Call call) {
        String fingerprint = call.arguments()
                .optional("fingerprint")
                .orElseThrow(() -> UserException.invalid("Please specify a fingerprint: see ssh-keys:list"));
        List<SshKey> keys = call.store().sshKeys().stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .toList();
        if (keys.isEmpty()) {
            throw UserException.notFound(
                    "There is no key of the fingerprint " + Words.shown(fingerprint) + ": see ssh-keys:list");
        }
        keys.forEach(key -> call.store().removeSshKey(key.name()));
    }
}
