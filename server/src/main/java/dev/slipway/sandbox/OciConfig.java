package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The {@code config.json} of a sandbox (OCI runtime specification 1.0.2).
 *
 * @param root the directory that all sandboxes share as their root
 * @param bundle the sandbox's own directory, which holds the few files of {@code /etc} that are its own
 * @param network gives the sandbox its address, once its network namespace is there
 * @param cgroup path of the cgroup, the same in every hierarchy
 */
record OciConfig(Sandbox sandbox, HostRoot host, Path root, Path bundle, Hook network, String cgroup) {

    /** The layers' tmpfs are mounted below this; another mount hides it. */
    static final String LAYER = ".layer";

    /** Files of {@code /etc} that are written for each sandbox. */
    static final List<String> WRITTEN = List.of("passwd", "group", "hosts", "hostname", "resolv.conf");

    /** A build writes to the host's disk: one file that grows without end must not fill it. */
    private static final long LARGEST_FILE = 4096 * Limits.MIB;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A program that the runtime calls, with the sandbox's state on its standard input. */
    record Hook(String path, List<String> args, List<String> env) {}

    /** As {@link #json}, for a program that has a terminal of its own. */
    JsonNode jsonWithTerminal() {
        ObjectNode config = json();
        config.withObject("/process").put("terminal", true);
        return config;
    }

    ObjectNode json() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("ociVersion", "1.0.2");
        config.put("process", process());
        config.put("root", Map.of("path", root.toString(), "readonly", true));
        config.put("hostname", sandbox.hostname());
        config.put("mounts", mounts());
        config.put("hooks", Map.of("createRuntime", List.of(network)));
        config.put("linux", linux());
        return JSON.valueToTree(config);
    }

    private Map<String, Object> process() {
        int uid = sandbox.user().uid();
        List<String> args = new ArrayList<>(List.of("/usr/bin/tini", "-g", "--"));
        args.addAll(sandbox.command());
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("user", Map.of("uid", uid, "gid", uid, "umask", 022));
        process.put("args", args);
        process.put("env", environment());
        process.put("cwd", "/app");
        process.put("capabilities", Map.of());
        process.put("noNewPrivileges", true);
        process.put("rlimits", List.of(limit("RLIMIT_CORE", 0), limit("RLIMIT_FSIZE", LARGEST_FILE)));
        // The machine out of memory: an app goes before anything of the system does.
        process.put("oomScoreAdj", 100);
        return process;
    }

    private static Map<String, Object> limit(String type, long most) {
        return Map.of("type", type, "hard", most, "soft", most);
    }

    private List<String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HOME",
                "/app",
                "PATH",
                "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
                "LANG",
                "C.UTF-8"));
        environment.putAll(sandbox.environment());
        // tini warns of signals that come as its child ends, in the app's own output.
        environment.put("TINI_VERBOSITY", "0");
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(KERNEL);
        mounts.addAll(host.mounts());
        for (String name : WRITTEN) {
            mounts.add(Mount.readOnly(bundle.resolve(name), "/etc/" + name));
        }
        long memory = Math.max(sandbox.limits().layerBytes(), 16 * Limits.MIB);
        mounts.add(Mount.memory("/tmp", "1777", memory));
        switch (sandbox.app()) {
            case Sandbox.App.Writable(Path tree) -> mounts.add(Mount.writable(tree, "/app"));
            case Sandbox.App.Layered(Path tree) -> mounts.addAll(layer(tree));
        }
        mounts.addAll(sandbox.mounts());
        return mounts;
    }

    /**
     * The runtime mounts the layer inside the sandbox's own mount namespace, so that nothing is left to unmount when it is gone.
     * {@code tmpcopyup} is runc's: the tmpfs begins with what is at its place in the root, the two directories that overlay needs.
     */
    private List<Mount> layer(Path tree) {
        Path place = layerPlace(root, sandbox.user());
        return List.of(
                new Mount(
                        "/" + root.relativize(place),
                        "tmpfs",
                        "tmpfs",
                        List.of(
                                "nosuid",
                                "nodev",
                                "mode=755",
                                "size=" + sandbox.limits().layerBytes(),
                                "tmpcopyup")),
                new Mount(
                        "/app",
                        "overlay",
                        "overlay",
                        List.of(
                                "nosuid",
                                "nodev",
                                "lowerdir=" + tree,
                                "upperdir=" + place.resolve("upper"),
                                "workdir=" + place.resolve("work"))),
                new Mount("/" + LAYER, "tmpfs", "tmpfs", List.of("ro", "nosuid", "nodev", "mode=000", "size=4k")));
    }

    /** Whether a mount is within what each sandbox has for itself, where the runtime makes the place for it. */
    static boolean isOwn(Mount mount) {
        return mount.destination().startsWith("/app/") || mount.destination().startsWith("/tmp/");
    }

    /** One for each user, who owns what is above the build's tree. */
    static Path layerPlace(Path root, SandboxUser user) {
        return root.resolve(LAYER).resolve(Integer.toString(user.uid()));
    }

    private Map<String, Object> linux() {
        Map<String, Object> linux = new LinkedHashMap<>();
        linux.put("cgroupsPath", cgroup);
        linux.put("resources", resources(sandbox.limits()));
        linux.put(
                "namespaces",
                Stream.of("pid", "ipc", "uts", "mount", "network", "cgroup")
                        .map(type -> Map.of("type", type))
                        .toList());
        linux.put("maskedPaths", MASKED);
        linux.put("readonlyPaths", READ_ONLY);
        linux.put("seccomp", Seccomp.profile());
        return linux;
    }

    private static Map<String, Object> resources(Limits limits) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("devices", List.of(Map.of("allow", false, "access", "rwm")));
        resources.put("memory", Map.of("limit", limits.memoryBytes()));
        resources.put("pids", Map.of("limit", limits.processes()));
        if (limits.cpus() > 0) {
            int period = 100_000;
            resources.put("cpu", Map.of("quota", Math.round(limits.cpus() * period), "period", period));
        }
        return resources;
    }

    private static final List<Mount> KERNEL = List.of(
            new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
            new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
            // The JVM and others read their own memory and cpu limits here.
            new Mount("/sys/fs/cgroup", "cgroup", "cgroup", List.of("nosuid", "noexec", "nodev", "ro")),
            new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "mode=755", "size=64k")),
            new Mount(
                    "/dev/pts",
                    "devpts",
                    "devpts",
                    List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620")),
            new Mount("/dev/shm", "tmpfs", "tmpfs", List.of("nosuid", "noexec", "nodev", "mode=1777", "size=64m")));

    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
}
