import Foundation
import Harness

/// The program that the suite drives: Spyhop of this build, or what the environment names.
struct RuntimeUnderTest: Sendable {
    enum Kind: String, Sendable { case spyhop, runc, crun, other }

    let kind: Kind
    /// The words before the global flags.
    let command: [String]
    /// The mount namespace it has to be called in for a pure cgroup v2 view, as words of nsenter; empty where it may be anywhere.
    let view: [String]

    /// `SPYHOP_CONFORMANCE_RUNTIME` is a path; without it the built `spyhop` is called as `spyhop oci`.
    static let current: RuntimeUnderTest = {
        guard let path = ProcessInfo.processInfo.environment["SPYHOP_CONFORMANCE_RUNTIME"], !path.isEmpty else {
            return RuntimeUnderTest(kind: .spyhop, command: [Programs.spyhop, "oci"], view: [])
        }
        let name = (path as NSString).lastPathComponent
        guard name != "crun" else {
            // It raises RLIMIT_MEMLOCK for its device filter, which takes CAP_SYS_RESOURCE, and it knows no hybrid tree.
            guard !mayRaiseLimits else { return RuntimeUnderTest(kind: .crun, command: [path], view: []) }
            return RuntimeUnderTest(
                kind: .crun, command: [path, "--cgroup-manager=disabled"], view: PureCgroupView.entering)
        }
        let kind = Kind(rawValue: name) ?? (name.hasPrefix("spyhop") ? .spyhop : .other)
        return RuntimeUnderTest(kind: kind, command: name == "spyhop" ? [path, "oci"] : [path], view: [])
    }()

    /// Whether this process has CAP_SYS_RESOURCE (bit 24 of its effective set).
    static let mayRaiseLimits = capabilities & (1 << 24) != 0

    /// The effective capabilities of the test itself, as a mask.
    static let capabilities: UInt64 = {
        let line = Command.text("/proc/self/status").split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        return line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
    }()

    /// Whether containers get cgroups from it here.
    var hasCgroups: Bool { kind != .crun || Self.mayRaiseLimits }
}

/// A mount namespace with a pure cgroup v2 view, for runtimes that cannot read a hybrid one. It ends with the test process.
private enum PureCgroupView {
    static let entering: [String] = {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, let shell = Programs.installed("unshare") else { return [] }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let script = "mount -t cgroup2 none /sys/fs/cgroup && read -r nothing"
        let holder = try? Child([shell, "-m", "/bin/sh", "-c", script], environment: [Command.searchPath]) { actions in
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        }
        guard let holder else { return [] }
        let ready = Command.eventually {
            Command.text("/proc/\(holder.pid)/mountinfo").contains(" /sys/fs/cgroup rw,relatime - cgroup2 ")
        }
        return ready ? ["/usr/bin/nsenter", "--mount=/proc/\(holder.pid)/ns/mnt", "--"] : []
    }()
}
