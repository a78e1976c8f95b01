import LinuxSystem

/// Judges what was seen of a host. Pure: the same report gives the same findings.
public enum Diagnosis {
    /// All findings, in the order in which a start needs what they are about.
    public static func findings(_ report: HostReport) -> [Finding] {
        kernel(report) + namespaces(report) + fileSystems(report) + user(report) + network(report)
            + cgroups(report) + confinement(report) + limits(report)
    }

    /// Whether containers can be run and joined: docker's basics.
    public static func canRun(_ findings: [Finding]) -> Bool {
        !findings.contains { $0.isBasic && $0.verdict == .missing }
    }

    // MARK: - The kernel and the program

    private static let oldKernel = "a kernel of 5.11 or newer: Debian 12 has one, or apt-get install linux-image-amd64"

    private static func kernel(_ report: HostReport) -> [Finding] {
        let numbers = report.kernelRelease.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
        let isNew = numbers.count == 2 && (numbers[0], numbers[1]) >= (5, 11)
        let known: [(String, String)] = [
            ("openat2", "mount targets that cannot lead out of the root"), ("clone3", "starting right in a cgroup"),
            ("pidfd", "signals that never reach the wrong process"), ("mount api", "every mount of a container"),
        ]
        return [
            Finding(
                "kernel", isNew ? .ok : .missing, report.kernelRelease, for: "everything", remedy: oldKernel,
                isBasic: true),
            Finding(
                "spyhop-monitor", report.monitorPath == nil ? .missing : .ok, report.monitorPath ?? "not found",
                for: "starting containers", remedy: "make install, or SPYHOP_MONITOR=PATH", isBasic: true),
        ]
            + known.map { name, purpose in
                probed(name, report.calls[name], for: purpose, remedy: oldKernel, isBasic: true)
            }
            + [
                probed(
                    "mount_setattr", report.calls["mount_setattr"], for: "read-only trees, all at once",
                    remedy: "Linux 5.12", worst: .limited)
            ]
    }

    // MARK: - Namespaces

    private static func namespaces(_ report: HostReport) -> [Finding] {
        let refusal = report.userNamespaceRefusal
        let basic = ["mount", "pid", "network", "ipc", "uts"]
        var found = [
            probed(
                "user namespace", report.namespaces["user"], for: "running without root, --userns",
                remedy: refusal.map { "\($0.what): \($0.remedy)" } ?? "a kernel with CONFIG_USER_NS",
                worst: report.isRoot ? .limited : .missing, isBasic: !report.isRoot)
        ]
        found += basic.map { name in
            probed(
                "\(name) namespace", report.namespaces[name], for: "the container's own \(name)",
                remedy: report.isRoot ? "CAP_SYS_ADMIN, or run as an ordinary user" : "user namespaces",
                isBasic: true)
        }
        found.append(
            probed(
                "cgroup namespace", report.namespaces["cgroup"], for: "a container's own view of its cgroup",
                remedy: "a kernel with CONFIG_CGROUPS", isBasic: true))
        found.append(
            probed(
                "time namespace", report.namespaces["time"], for: "time offsets of OCI bundles",
                remedy: "Linux 5.6 with CONFIG_TIME_NS", worst: .limited))
        found.append(
            probed(
                "proc", report.proc, for: "/proc in containers",
                remedy: "a host, or an outer container, whose /proc has nothing mounted over its files", isBasic: true))
        return found
    }

    // MARK: - File systems

    private static func fileSystems(_ report: HostReport) -> [Finding] {
        var found = [
            Finding(
                "overlay", report.overlay == 0 ? .ok : .missing, words(report.overlay) + " on \(report.disk.path)",
                for: "root file systems of containers",
                remedy: "modprobe overlay, or --root on ext4, xfs or btrfs", isBasic: true)
        ]
        if let answer = report.idmappedMount {
            found.append(
                probed(
                    "id-mapped mounts", answer, for: "volumes of containers with mapped ids",
                    remedy: "Linux 5.12, and a file system that knows them", worst: .limited))
        }
        found.append(fuse(report))
        return found
    }

    /// Looked at only where the kernel's own overlay fails.
    private static func fuse(_ report: HostReport) -> Finding {
        let purpose = "root file systems where the kernel's overlay cannot be used"
        if report.overlay == 0 { return Finding("fuse-overlayfs", .ok, "not needed: overlay works", for: purpose) }
        guard let program = report.fuse.program else {
            return Finding(
                "fuse-overlayfs", .missing, "not installed", for: purpose, remedy: "apt-get install fuse-overlayfs")
        }
        return probed(
            "fuse-overlayfs", report.fuse.device, for: purpose,
            remedy: "chmod 666 /dev/fuse, as udev does: it is needed by \(program)")
    }

    // MARK: - The user

    private static func user(_ report: HostReport) -> [Finding] {
        guard let grant = report.grant else { return [] }
        let purpose = "images whose files have several owners"
        var found: [Finding] = []
        if let lack = grant.lack {
            found.append(Finding("subordinate ids", .limited, lack.what, for: purpose, remedy: lack.remedy))
        } else {
            let enough = grant.count >= 65_536
            found.append(
                Finding(
                    "subordinate ids", enough ? .ok : .limited, "\(grant.count) ids beside your own", for: purpose,
                    remedy: "65536 ids in /etc/subuid and /etc/subgid: usermod --add-subuids, --add-subgids"))
        }
        if let pid = grant.stalePID {
            found.append(
                Finding(
                    "keeper", .limited, "process \(pid) keeps other ids than you have been granted since",
                    for: purpose, remedy: "stop your containers, then kill \(pid)"))
        }
        return found
    }

    // MARK: - Small words

    static func probed(
        _ name: String, _ answer: HostReport.Answer?, for purpose: String, remedy: String,
        worst: Finding.Verdict = .missing, isBasic: Bool = false
    ) -> Finding {
        let answer = answer ?? notThere
        return Finding(
            name, answer == 0 ? .ok : worst, words(answer), for: purpose, remedy: remedy, isBasic: isBasic)
    }

    /// ENOSYS: what was not even tried.
    private static let notThere: Int32 = 38

    static func words(_ answer: HostReport.Answer) -> String { answer == 0 ? "works" : SystemError.words(answer) }
}
