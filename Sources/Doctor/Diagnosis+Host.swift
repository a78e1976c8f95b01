extension Diagnosis {
    // MARK: - Cgroups

    static func cgroups(_ report: HostReport) -> [Finding] {
        guard let mode = report.cgroupMode else {
            return [
                Finding(
                    "cgroups", .limited, "none are mounted", for: "limits, pause, exact figures",
                    remedy: "mount -t cgroup2 none /sys/fs/cgroup")
            ]
        }
        let delegation =
            report.isRoot
            ? "run spyhop where cgroups may be made: as root outside of containers"
            : "systemd-run --user --scope -p Delegate=yes spyhop …, or a cgroup v2 directory of your own"
        var found = [
            Finding("cgroup mode", mode == "v1" ? .limited : .ok, mode, for: "limits", remedy: "cgroup v2"),
            Finding(
                report.isRoot ? "cgroups" : "delegated cgroup", report.makesCgroups ? .ok : .limited,
                report.makesCgroups ? "can be made" : "may not be made here", for: "limits, pause, exact figures",
                remedy: delegation),
        ]
        if report.makesCgroups {
            found += controllers(report)
            let missing = ["cgroup.freeze", "cgroup.kill"].filter { !report.cgroupFiles.contains($0) }
            found.append(
                Finding(
                    "freeze and kill", missing.isEmpty ? .ok : .limited,
                    missing.isEmpty ? "works" : "no \(missing.joined(separator: ", "))",
                    for: "pause; ending every process at once", remedy: "Linux 5.14 with cgroup v2"))
        }
        if let answer = report.deviceProgram {
            found.append(
                probed(
                    "device programs", answer, for: "--device and device rules on cgroup v2",
                    remedy: "a kernel with CONFIG_CGROUP_BPF, and CAP_BPF or CAP_SYS_ADMIN", worst: .limited))
        }
        return found
    }

    private static func controllers(_ report: HostReport) -> [Finding] {
        let wanted: [(String, String)] = [
            ("memory", "-m, --memory-swap, --memory-reservation"), ("cpu", "--cpus, --cpu-shares"),
            ("pids", "--pids-limit"), ("cpuset", "--cpuset-cpus, --cpuset-mems"), ("io", "block I/O limits"),
            ("hugetlb", "huge page limits"),
        ]
        return wanted.map { name, purpose in
            let isThere = report.controllers.contains(name) || (name == "io" && report.controllers.contains("blkio"))
            return Finding(
                "controller \(name)", isThere ? .ok : .limited, isThere ? "there" : "not there", for: purpose,
                remedy: report.isRoot
                    ? "cgroup_enable=\(name) on the kernel's command line, or a kernel that has it"
                    : "Delegate=cpu cpuset io memory pids in user@.service: systemctl edit user@.service")
        }
    }

    // MARK: - Confinement

    static func confinement(_ report: HostReport) -> [Finding] {
        let kernel = "a kernel with CONFIG_SECCOMP_FILTER"
        var found = [
            probed("seccomp", report.calls["seccomp"], for: "the default filter", remedy: kernel, isBasic: true),
            probed(
                "seccomp notify", report.calls["seccomp notify"], for: "filters of OCI bundles with a listener",
                remedy: "Linux 5.0", worst: .limited),
        ]
        if report.isRoot {
            let missing = wantedCapabilities.filter { report.capabilities & (1 << UInt64($0.number)) == 0 }
            found.append(
                Finding(
                    "capabilities", missing.isEmpty ? .ok : .limited,
                    missing.isEmpty ? "all that are used" : "without " + missing.map(\.name).joined(separator: ", "),
                    for: missing.isEmpty ? "everything" : missing.map(\.purpose).joined(separator: "; "),
                    remedy: "an outer container or service that leaves them to its root"))
        }
        found.append(
            Finding(
                "security modules", .ok,
                report.hasAppArmor
                    ? "AppArmor"
                    : report.selinux.map { "SELinux, \($0 == 1 ? "enforcing" : "permissive")" }
                        ?? "neither AppArmor nor SELinux", for: "labels of OCI bundles"))
        let bus = report.busPath
        found.append(
            Finding(
                "systemd", report.hasSystemd && bus != nil ? .ok : .limited,
                report.hasSystemd ? bus ?? "without a bus that this user can reach" : "does not run here",
                for: "scopes with delegation (--systemd-cgroup)",
                remedy: report.hasSystemd ? "apt-get install dbus-user-session, and log in anew" : nil))
        return found
    }

    /// By number (<linux/capability.h>).
    private static let wantedCapabilities: [(number: Int, name: String, purpose: String)] = [
        (0, "CAP_CHOWN", "files' owners in images"), (1, "CAP_DAC_OVERRIDE", "reading every image"),
        (3, "CAP_FOWNER", "modes of files in images"), (6, "CAP_SETGID", "users of containers"),
        (7, "CAP_SETUID", "users of containers"), (8, "CAP_SETPCAP", "capabilities of containers"),
        (12, "CAP_NET_ADMIN", "loopback in containers"), (18, "CAP_SYS_CHROOT", "roots of containers"),
        (21, "CAP_SYS_ADMIN", "mounts and namespaces"),
        (24, "CAP_SYS_RESOURCE", "limits above the host's own, and a lower OOM score"),
        (27, "CAP_MKNOD", "device files"),
    ]

    // MARK: - Limits of the host

    static func limits(_ report: HostReport) -> [Finding] {
        var found: [Finding] = []
        if let inotify = report.inotify {
            let isEnough = inotify.instances >= 128 && inotify.watches >= 8192
            found.append(
                Finding(
                    "inotify", isEnough ? .ok : .limited,
                    "\(inotify.instances) instances, \(inotify.watches) watches", for: "following logs and events",
                    remedy: "sysctl -w fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=65536"))
        }
        found.append(
            Finding(
                "open files", report.openFiles >= 4096 ? .ok : .limited,
                report.openFiles == .max ? "no limit" : "\(report.openFiles)",
                for: "figures of many containers at once", remedy: "ulimit -Hn 65536, or LimitNOFILE= of the service"))
        let disk = report.disk
        let isRoomy = disk.free >= 1 << 30 && (disk.freeFiles ?? .max) >= 10_000
        found.append(
            Finding(
                "disk", isRoomy ? .ok : .limited,
                "\(mebibytes(disk.free)) MiB of \(mebibytes(disk.total)) free"
                    + (disk.freeFiles.map { $0 < 10_000 ? ", room for \($0) files" : "" } ?? "") + " on \(disk.path)",
                for: "images and containers", remedy: "spyhop image prune, or --root on a larger file system"))
        return found
    }

    private static func mebibytes(_ bytes: UInt64) -> UInt64 { bytes >> 20 }
}
