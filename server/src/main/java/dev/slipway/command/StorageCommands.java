package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.Storage;
import dev.slipway.model.App;
import dev.slipway.model.StorageMount;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code storage}: what of this machine's disk an app's processes see and keep. */
final class StorageCommands implements Noun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHOWN = "--chown";
    private static final String MOUNT = "host-dir:container-dir";

    private final Storage storage;

    StorageCommands(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public String summary() {
        return "Manage mounted volumes";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "storage:ensure-directory",
                        "<directory> [" + CHOWN + " <option>]",
                        "Make a directory for storage; --chown false leaves its owner, root keeps it from the app",
                        this::ensure),
                Verb.of(
                        "storage:list",
                        "<app> [" + Flags.FORMAT + " <format>]",
                        "List what is mounted into an app",
                        this::list),
                Verb.of(
                        "storage:mount",
                        "<app> <" + MOUNT + ">",
                        "Mount a directory into an app from its next start on; :ro behind it for reading only",
                        this::mount),
                Verb.report("storage:report", "Show what is mounted into one app or all", this::report),
                Verb.of(
                        "storage:unmount",
                        "<app> <" + MOUNT + ">",
                        "Take a mount away from an app's next start on; its files stay",
                        this::unmount));
    }

    private void ensure(Call call) {
        String name = call.arguments().one("directory");
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")) {
            throw UserException.invalid(
                    "Directory can only contain the following set of characters: [A-Za-z0-9._-], and not begin with . or -");
        }
        Storage.Owner owner = owner(call.arguments().value(CHOWN).orElse("herokuish"));
        call.step("Ensuring " + storage.directory(name) + " exists");
        storage.ensure(name, owner);
        call.console()
                .detail(
                        switch (owner) {
                            case APP -> "It will belong to the user of the app that mounts it";
                            case ROOT -> "Setting directory ownership to 0:0";
                            case AS_IT_IS -> "Leaving directory ownership as it is";
                        });
        call.console().detail("Directory ready for mounting");
    }

    /** Dokku's options name users of images; here each app has one of its own, which all of them mean. */
    private static Storage.Owner owner(String option) {
        return switch (option) {
            case "herokuish", "heroku", "packeto", "paketo" -> Storage.Owner.APP;
            case "root" -> Storage.Owner.ROOT;
            case "false" -> Storage.Owner.AS_IT_IS;
            default ->
                throw UserException.invalid(
                        "Unsupported chown permissions: one of false, heroku, herokuish, packeto, root");
        };
    }

    private void mount(Call call) {
        App app = call.app();
        StorageMount mount = StorageMount.parse(call.arguments().one(MOUNT));
        storage.mount(app.name(), mount);
        call.step("Mounted " + mount + " into " + app.name());
        if (!storage.isManaged(mount) && !mount.readOnly()) {
            int uid = storage.user(app).uid();
            call.console().detail(app.name() + " runs as user " + uid + ": it can write where that user may");
        }
        later(call, app);
    }

    private void unmount(Call call) {
        App app = call.app();
        StorageMount mount = StorageMount.parse(call.arguments().one(MOUNT));
        storage.unmount(app.name(), mount);
        call.step("Unmounted " + mount + " from " + app.name());
        later(call, app);
    }

    private static void later(Call call, App app) {
        if (app.deployed()) {
            call.console().detail("Processes see it from their next start on: dokku ps:restart " + app.name());
        }
    }

    private void list(Call call) {
        App app = call.app();
        if (call.wantsJson()) {
            call.console().line(json(Storage.mounts(app)));
            return;
        }
        call.step(app.name() + " volume bind-mounts:");
        for (StorageMount mount : Storage.mounts(app)) {
            if (call.quiet()) {
                call.console().line(mount.toString());
            } else {
                call.console().detail(mount.toString());
            }
        }
    }

    private static String json(List<StorageMount> mounts) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (StorageMount mount : mounts) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("host_path", mount.host().toString());
            row.put("container_path", mount.inside().toString());
            row.put("volume_options", mount.readOnly() ? "ro" : "");
            rows.add(row);
        }
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(Call call) {
        Report.print(call, () -> Report.global("storage"), app -> {
            String mounts =
                    Storage.mounts(app).stream().map(mount -> "-v " + mount).collect(Collectors.joining(" "));
            return new Report(app.name() + " storage information")
                    .with("Storage build mounts", "")
                    .with("Storage deploy mounts", mounts)
                    .with("Storage run mounts", mounts);
        });
    }
}
