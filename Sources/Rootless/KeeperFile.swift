import Glibc
import LinuxSystem

/// The file that names the keeper: its number, and when it started, so that a number given anew is never believed.
struct KeeperFile {
    let path: String

    init(directory: String) { path = directory + "/keeper" }

    /// A keeper that lives.
    struct Kept: ~Copyable {
        let pid: pid_t
        let namespace: OwnedDescriptor
    }

    /// The keeper that the file names, and its user namespace; `nil` when there is none any more.
    func keeper() -> Kept? {
        guard let text = try? Files.readText(path, limit: 256) else { return nil }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count == 2, let pid = pid_t(words[0]), pid > 1, let ticks = UInt64(words[1]),
            let namespace = try? UserNamespace.open(of: pid), Processes.livingStartTicks(pid) == ticks
        else { return nil }
        return Kept(pid: pid, namespace: namespace)
    }

    /// Writes down a keeper.
    func write(_ pid: pid_t) throws(SystemError) {
        guard let ticks = Processes.startTicks(pid) else { throw SystemError(ESRCH, "read", "/proc/\(pid)/stat") }
        try Files.writeAtomically(Array("\(pid) \(ticks)\n".utf8), to: path, mode: 0o600)
    }
}
