import Glibc
import LinuxSystem
import Rootless

extension HostReport {
    mutating func lookAtUser(_ question: Question) {
        capabilities = Self.ownCapabilities()
        fuse.program = InstalledProgram.find("fuse-overlayfs", searchPath: question.searchPath)
        let device = Glibc.open("/dev/fuse", O_RDWR | O_CLOEXEC)
        fuse.device = device >= 0 ? 0 : errno
        if device >= 0 { close(device) }
        guard let account = question.account else { return }
        var seen = Grant()
        do throws(IDGrant.Lack) {
            let grant = try IDGrant.find(account, searchPath: question.searchPath)
            let counts = [grant.users, grant.groups].map { $0.reduce(0) { $0 + UInt64($1.count) } }
            seen.count = (counts.min() ?? 1) - 1
            if let keeper = question.runtimeDirectory.flatMap(Keeper.pid(in:)),
                UserNamespace.userMap(of: "\(keeper)") != grant.users
            {
                seen.stalePID = keeper
            }
        } catch {
            seen.lack = Advice(what: error.what, remedy: error.remedy)
        }
        grant = seen
    }

    mutating func lookAtSystem(_ question: Question) {
        hasSystemd = Files.exists("/run/systemd/system")
        let buses =
            question.account == nil
            ? ["/run/dbus/system_bus_socket"]
            : question.sessionDirectory.map { ["\($0)/bus"] } ?? []
        busPath = buses.first { access($0, R_OK | W_OK) == 0 }
        hasAppArmor = Self.text("/sys/module/apparmor/parameters/enabled") == "Y"
        selinux = Self.text("/sys/fs/selinux/enforce").flatMap { Int($0) }
        if let instances = Self.number("/proc/sys/fs/inotify/max_user_instances"),
            let watches = Self.number("/proc/sys/fs/inotify/max_user_watches")
        {
            inotify = Inotify(instances: instances, watches: watches)
        }
        openFiles = DescriptorLimit.current?.hard ?? 0
    }

    private static func ownCapabilities() -> UInt64 {
        let status = (try? Files.readText("/proc/self/status", limit: 64 << 10)) ?? ""
        func mask(_ name: String) -> UInt64 {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
            return line.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
        }
        return mask("CapPrm:") & mask("CapBnd:")
    }

    private static func text(_ path: String) -> String? {
        (try? Files.readText(path, limit: 4096))?.split(separator: "\n").first.map(String.init)
    }

    static func number(_ path: String) -> Int? { text(path).flatMap { Int($0) } }
}
