package dev.slipway.sandbox;

import java.util.List;
import java.util.Map;

/**
 * Shuts those doors of the kernel that no app needs and through which unprivileged programs have broken out of sandboxes: user
 * namespaces (a fresh set of powers within), mounts, bpf, perf, keys, io_uring, and what is root's business anyway.
 */
final class Seccomp {

    private static final List<String> NAMESPACES_AND_MOUNTS = List.of(
            "fanotify_init",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "mount",
            "mount_setattr",
            "move_mount",
            "name_to_handle_at",
            "open_by_handle_at",
            "open_tree",
            "pivot_root",
            "setns",
            "umount",
            "umount2",
            "unshare");

    private static final List<String> KERNEL = List.of(
            "acct",
            "add_key",
            "bpf",
            "clock_settime",
            "clock_settime64",
            "create_module",
            "delete_module",
            "finit_module",
            "get_kernel_syms",
            "init_module",
            "io_uring_enter",
            "io_uring_register",
            "io_uring_setup",
            "ioperm",
            "iopl",
            "kexec_file_load",
            "kexec_load",
            "keyctl",
            "lookup_dcookie",
            "nfsservctl",
            "perf_event_open",
            "query_module",
            "quotactl",
            "quotactl_fd",
            "reboot",
            "request_key",
            "settimeofday",
            "stime",
            "swapoff",
            "swapon",
            "syslog",
            "userfaultfd",
            "uselib",
            "ustat",
            "vm86",
            "vm86old");

    private static final long CLONE_NEWUSER = 0x10000000;

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private Seccomp() {}

    /** {@code linux.seccomp} of the OCI runtime specification. */
    static Map<String, Object> profile() {
        return Map.of(
                "defaultAction",
                "SCMP_ACT_ALLOW",
                "architectures",
                List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32", "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"),
                "syscalls",
                List.of(
                        refuse(NAMESPACES_AND_MOUNTS, EPERM, List.of()),
                        refuse(KERNEL, EPERM, List.of()),
                        refuse(List.of("clone"), EPERM, List.of(newUser())),
                        // Its flags are behind a pointer, where no filter can look: the C library goes back to clone.
                        refuse(List.of("clone3"), ENOSYS, List.of())));
    }

    private static Map<String, Object> newUser() {
        return Map.of("index", 0, "value", CLONE_NEWUSER, "valueTwo", CLONE_NEWUSER, "op", "SCMP_CMP_MASKED_EQ");
    }

    private static Map<String, Object> refuse(List<String> names, int errno, List<Map<String, Object>> when) {
        return Map.of("names", names, "action", "SCMP_ACT_ERRNO", "errnoRet", errno, "args", when);
    }
}
