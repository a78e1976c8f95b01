import Glibc
import OCI

/// A configuration to begin with: a shell in a root file system beside it, shut in as runc's own is.
public enum BundleDefaults {
    /// The configuration.
    /// - Parameter rootless: for an ordinary user, who becomes root of a user namespace.
    public static func spec(rootless: Bool) -> Spec {
        let capabilities = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
        return Spec(
            ociVersion: BundleRuntime.specificationVersion,
            process: OCI.Process(
                terminal: true, cwd: "/",
                env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"], args: ["sh"],
                rlimits: [POSIXRlimit(type: "RLIMIT_NOFILE", hard: 1024, soft: 1024)],
                capabilities: LinuxCapabilities(
                    bounding: capabilities, effective: capabilities, permitted: capabilities),
                noNewPrivileges: true),
            root: Root(path: "rootfs", readonly: true), hostname: "spyhop", mounts: mounts(rootless: rootless),
            linux: rootless ? ordinary : privileged)
    }

    private static func mounts(rootless: Bool) -> [Mount] {
        // Only root of the host can give a terminal to the group of terminals.
        let group = rootless ? [] : ["gid=5"]
        let system =
            rootless
            ? Mount(
                destination: "/sys", type: "none", source: "/sys",
                options: ["rbind", "nosuid", "noexec", "nodev", "ro"])
            : Mount(destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"])
        let cgroups = Mount(
            destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup",
            options: ["nosuid", "noexec", "nodev", "relatime", "ro"])
        return [
            Mount(destination: "/proc", type: "proc", source: "proc"),
            Mount(
                destination: "/dev", type: "tmpfs", source: "tmpfs",
                options: ["nosuid", "strictatime", "mode=755", "size=65536k"]),
            Mount(
                destination: "/dev/pts", type: "devpts", source: "devpts",
                options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] + group),
            Mount(
                destination: "/dev/shm", type: "tmpfs", source: "shm",
                options: ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
            Mount(
                destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"]),
            system,
        ] + (rootless ? [] : [cgroups])
    }

    private static var privileged: Linux {
        Linux(
            resources: LinuxResources(devices: [LinuxDeviceCgroup(allow: false, access: "rwm")]),
            namespaces: [.pid, .network, .ipc, .uts, .mount, .cgroup].map { LinuxNamespace(type: $0) },
            maskedPaths: SpecBuilder.maskedPaths, readonlyPaths: SpecBuilder.readonlyPaths)
    }

    private static var ordinary: Linux {
        Linux(
            uidMappings: [LinuxIDMapping(containerID: 0, hostID: geteuid(), size: 1)],
            gidMappings: [LinuxIDMapping(containerID: 0, hostID: getegid(), size: 1)],
            namespaces: [.pid, .ipc, .uts, .mount, .cgroup, .user].map { LinuxNamespace(type: $0) },
            maskedPaths: SpecBuilder.maskedPaths, readonlyPaths: SpecBuilder.readonlyPaths)
    }
}
