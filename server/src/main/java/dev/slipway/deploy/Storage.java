package dev.slipway.deploy;

import dev.slipway.exec.Command;
import dev.slipway.exec.Runner;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.StorageMount;
import dev.slipway.model.UserException;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of the machine's disk the apps' processes see besides their own tree. Each app has a user of its own, so a directory has one app
 * that may write there: the first that mounts it so. Others may read.
 */
public final class Storage {

    /** Among an app's properties: one mount a line. */
    private static final String MOUNTS = "storage.mounts";

    /** Among the global properties, with a directory's name: who owns it if not the app that mounts it. */
    private static final String OWNER = "storage.owner.";

    private static final Duration LONGEST_CHOWN = Duration.ofMinutes(10);

    private final Store store;
    private final Users users;
    private final Runner runner;
    private final Path data;
    private final Path root;

    /**
     * @param data the platform's own directory, which no app may see
     * @param lib what templates see as DOKKU_LIB_ROOT: directories for storage are in {@code data/storage} below it
     */
    public Storage(Store store, Users users, Runner runner, Path data, Path lib) {
        this.store = store;
        this.users = users;
        this.runner = runner;
        this.data = data;
        this.root = lib.resolve("data/storage");
    }

    /** Who a directory that is made here is for. */
    public enum Owner {
        /** The app that mounts it first. */
        APP,
        /** Root, so that no app can write there. */
        ROOT,
        /** Whoever it belongs to. */
        AS_IT_IS
    }

    public Path directory(String name) {
        return root.resolve(name);
    }

    /** Makes a directory for storage, or has the one that is there belong to somebody else from the next mount on. */
    public void ensure(String name, Owner owner) {
        Path directory = directory(name);
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + directory + " cannot be made", e);
        }
        store.setGlobalProperty(
                OWNER + name, Optional.of(owner).filter(one -> one != Owner.APP).map(Owner::name));
        if (owner == Owner.ROOT) {
            chown(directory, 0);
        }
    }

    /** What an app has mounted, in the order in which it was. */
    public static List<StorageMount> mounts(App app) {
        return app.property(MOUNTS).stream()
                .flatMap(text -> Arrays.stream(text.split("\n")))
                .map(StorageMount::parse)
                .toList();
    }

    private static App with(App app, List<StorageMount> mounts) {
        String joined = mounts.stream().map(StorageMount::toString).collect(Collectors.joining("\n"));
        return app.withProperty(MOUNTS, Optional.of(joined).filter(text -> !text.isEmpty()));
    }

    /** A copy of an app may read what the other writes. */
    public static App shared(App copy) {
        return with(copy, mounts(copy).stream().map(StorageMount::closed).toList());
    }

    /** Mounts something into an app from its next start on. */
    public synchronized void mount(AppName name, StorageMount mount) {
        App app = store.app(name);
        for (StorageMount other : mounts(app)) {
            if (other.inside().equals(mount.inside())) {
                throw UserException.invalid(
                        other.host().equals(mount.host())
                                ? "Mount path already exists."
                                : "Another mount of " + name + " is at " + mount.inside() + ": " + other);
            }
        }
        check(mount);
        refuseWithin(mount);
        if (!mount.readOnly()) {
            refuseSharing(app, mount);
            own(app, mount);
        }
        store.update(name, before -> {
            List<StorageMount> mounts = new ArrayList<>(mounts(before));
            mounts.add(mount);
            return with(before, mounts);
        });
    }

    /** Who may write to a directory may at any moment put a link in the place of one below it, which would then be mounted as root. */
    private void refuseWithin(StorageMount mount) {
        for (AppName name : store.apps()) {
            for (StorageMount other : mounts(store.app(name))) {
                refuseWithin(name, mount, other);
                refuseWithin(name, other, mount);
            }
        }
    }

    private static void refuseWithin(AppName app, StorageMount inner, StorageMount outer) {
        boolean within = inner.host().startsWith(outer.host()) && !inner.host().equals(outer.host());
        if (within && !outer.readOnly()) {
            throw UserException.invalid(inner.host() + " is below " + outer.host() + ", where an app may write, and "
                    + app + " has one of the two already: mount directories that are beside each other");
        }
    }

    private void refuseSharing(App app, StorageMount mount) {
        for (AppName name : store.apps()) {
            boolean writes = !name.equals(app.name())
                    && mounts(store.app(name)).stream()
                            .anyMatch(other -> !other.readOnly() && other.host().equals(mount.host()));
            if (writes) {
                throw UserException.invalid("App " + name + " writes to " + mount.host()
                        + " already, and each app has a user of its own: mount it for reading only, as " + mount.host()
                        + ":" + mount.inside() + ":ro");
            }
        }
    }

    /** Directories that were made for it become the app's; what an administrator chose elsewhere, or below one, stays as it is. */
    private void own(App app, StorageMount mount) {
        if (isManaged(mount)
                && !store.globalProperties().containsKey(OWNER + mount.host().getFileName())) {
            chown(mount.host(), users.runs(app).uid());
        }
    }

    private void chown(Path directory, int uid) {
        runner.out(Command.of("chown", "-R", "-h", "-P", "--", uid + ":" + uid, directory.toString())
                .within(LONGEST_CHOWN));
    }

    /** Whom a mounted file has to belong to, so that the app can write there. */
    public SandboxUser user(App app) {
        return users.runs(app);
    }

    /** Whether a path is one of the directories for storage, so that mounting it settles whose it is. */
    public boolean isManaged(StorageMount mount) {
        return root.equals(mount.host().getParent());
    }

    /** Takes a mount away from the app's next start on; what is in it stays. */
    public void unmount(AppName name, StorageMount mount) {
        store.update(name, app -> {
            List<StorageMount> mounts = new ArrayList<>(mounts(app));
            if (!mounts.removeIf(
                    other -> other.host().equals(mount.host()) && other.inside().equals(mount.inside()))) {
                throw UserException.notFound("Mount path does not exist.");
            }
            return with(app, mounts);
        });
    }

    /** @throws UserException if it is not there, or is the system's or the platform's own */
    private void check(StorageMount mount) {
        Path real;
        try {
            real = mount.host().toRealPath();
        } catch (IOException e) {
            throw new UserException(
                    UserException.Kind.NOT_FOUND,
                    "There is no " + mount.host() + " on this machine: make a directory below " + root
                            + " with storage:ensure-directory NAME",
                    e);
        }
        boolean system = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/run")).stream()
                .anyMatch(real::startsWith);
        boolean own = data.startsWith(real) || (real.startsWith(data) && (!real.startsWith(root) || real.equals(root)));
        if (real.equals(Path.of("/")) || system || own) {
            throw UserException.invalid(
                    "Storage cannot be at " + mount.host() + ", which belongs to the system or to Slipway itself");
        }
        if (!real.equals(mount.host())) {
            throw UserException.invalid(
                    mount.host() + " leads over a link to " + real + ": mount that path itself, if it is meant");
        }
    }

    /** Adds to a process what its app has mounted, looked at once more: a directory may have been replaced by a link meanwhile. */
    public ProcessSpec equip(ProcessSpec spec) {
        Optional<App> owner = owner(spec);
        if (owner.isEmpty()) {
            return spec;
        }
        Map<String, String> global = store.globalProperties();
        List<StorageMount> mounts = mounts(owner.get());
        mounts.forEach(this::check);
        return spec.equipped(mounts, LogSize.bytes(AppProperty.LOG_MAX_SIZE.text(owner.get(), global)));
    }

    /** While an app gets another name, its new processes have that already; their user tells whose they are. */
    private Optional<App> owner(ProcessSpec spec) {
        return store.find(spec.app())
                .filter(app -> users.runs(app).equals(spec.user()))
                .or(() -> store.apps().stream()
                        .map(store::app)
                        .filter(app -> users.runs(app).equals(spec.user()))
                        .findFirst());
    }
}
