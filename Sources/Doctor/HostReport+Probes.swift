import CLinux
import Cgroups
import Glibc
import LinuxSystem
import Rootless

extension HostReport {
    /// Who asks, and about what.
    public struct Question: Sendable {
        /// Where state is or would be kept.
        public var root: String
        /// The monitor's program, where it was found.
        public var monitorPath: String?
        /// The ordinary user who asks; `nil` is root.
        public var account: UserAccount?
        /// His directory for run-time files.
        public var runtimeDirectory: String?
        /// PATH.
        public var searchPath: String?
        /// XDG_RUNTIME_DIR.
        public var sessionDirectory: String?

        /// Makes a question of root's.
        public init(root: String, monitorPath: String?) {
            self.root = root
            self.monitorPath = monitorPath
        }
    }

    /// Looks at the host. Blocks the thread for some tens of milliseconds; what changes anything happens in children that
    /// end at once, and a directory below the root's that is removed again.
    public static func take(_ question: Question) -> HostReport {
        var report = HostReport()
        report.isRoot = question.account == nil
        report.monitorPath = question.monitorPath
        report.kernelRelease = release()
        report.askForCalls()
        report.tryNamespaces()
        report.tryFileSystems(near: question.root)
        report.lookAtCgroups()
        report.lookAtUser(question)
        report.lookAtSystem(question)
        report.lookAtNetwork(question)
        return report
    }

    private static func release() -> String {
        let text = (try? Files.readText("/proc/sys/kernel/osrelease", limit: 256)) ?? ""
        return text.split(separator: "\n").first.map(String.init) ?? "unknown"
    }

    private var asUser: Int32 { isRoot ? 0 : 1 }

    private mutating func askForCalls() {
        let all: [(String, sph_probe_call)] = [
            ("openat2", SPH_PROBE_OPENAT2), ("clone3", SPH_PROBE_CLONE3), ("pidfd", SPH_PROBE_PIDFD),
            ("mount api", SPH_PROBE_MOUNT_API), ("mount_setattr", SPH_PROBE_MOUNT_SETATTR),
            ("seccomp", SPH_PROBE_SECCOMP), ("seccomp notify", SPH_PROBE_SECCOMP_NOTIFY),
        ]
        for (name, call) in all { calls[name] = sph_probe_call(Int32(call.rawValue)) }
    }

    private mutating func tryNamespaces() {
        let all: [(String, UInt64)] = [
            ("mount", 0x0002_0000), ("cgroup", 0x0200_0000), ("uts", 0x0400_0000), ("ipc", 0x0800_0000),
            ("pid", 0x2000_0000), ("network", 0x4000_0000), ("time", 0x80),
        ]
        for (name, flag) in all { namespaces[name] = sph_probe_namespaces(flag, asUser) }
        namespaces["user"] = sph_probe_namespaces(0x1000_0000, 0)
        userNamespaceRefusal = UserNamespaceRefusal.reason().map { Advice(what: $0.what, remedy: $0.remedy) }
    }

    private mutating func tryFileSystems(near root: String) {
        disk = Self.disk(near: root)
        let scratch = disk.path + "/.spyhop-doctor.\(getpid())"
        defer { try? Files.removeTree(scratch) }
        do throws(SystemError) {
            for name in ["lower/inner", "upper", "work", "merged"] {
                try Files.makeDirectories("\(scratch)/\(name)", mode: 0o755)
            }
        } catch {
            overlay = error.number
            proc = error.number
            return
        }
        overlay = sph_probe_overlay(scratch, asUser)
        proc = sph_probe_proc(scratch + "/merged", asUser)
        guard isRoot else { return }
        idmappedMount = sph_probe_idmapped_mount(scratch)
        deviceProgram = sph_probe_device_program()
    }

    /// The nearest directory above the root that is there already.
    private static func disk(near root: String) -> Disk {
        var disk = Disk()
        disk.path = root
        while !Files.exists(disk.path), disk.path != "/" { disk.path = Files.directory(of: disk.path) }
        var facts = statvfs()
        guard statvfs(disk.path, &facts) == 0 else { return disk }
        let block = UInt64(facts.f_frsize)
        disk.free = UInt64(facts.f_bavail).multipliedReportingOverflow(by: block).partialValue
        disk.total = UInt64(facts.f_blocks).multipliedReportingOverflow(by: block).partialValue
        if facts.f_files > 0 { disk.freeFiles = UInt64(facts.f_favail) }
        return disk
    }

    private mutating func lookAtCgroups() {
        guard let all = try? CgroupHierarchies.detect() else { return }
        cgroupMode = all.mode.rawValue
        let reachable = all.reachable()
        makesCgroups = reachable.givesCgroups
        controllers = reachable.offered
        if let unified = all.unified {
            // The root cgroup has neither file; any other has both or lacks what the kernel lacks.
            let own = unified.ownDirectory
            let children = ((try? Files.list(own)) ?? []).filter { $0.kind == .directory }.map { "\(own)/\($0.name)" }
            for name in ["cgroup.freeze", "cgroup.kill"]
            where ([own] + children).contains(where: { Files.exists("\($0)/\(name)") }) { cgroupFiles.insert(name) }
        }
    }
}
