import Engine
import Glibc
import LinuxSystem

/// What /proc tells of a process (proc_pid_stat(5), proc_pid_cmdline(5), proc_pid_mountinfo(5)).
struct ProcessFacts {
    let pid: Int32
    var proc = "/proc"

    /// Its words; of one that has none its name in brackets, as ps(1) shows it.
    var command: [String] {
        let bytes = (try? Files.read("\(proc)/\(pid)/cmdline", limit: 64 << 10)) ?? []
        let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        if !words.isEmpty { return words }
        let name = (try? Files.readText("\(proc)/\(pid)/comm", limit: 256)) ?? ""
        return name.isEmpty ? [] : ["[\(name.filter { !$0.isNewline })]"]
    }

    /// When it started.
    var startedAt: Timestamp? {
        guard let ticks = Processes.startTicks(pid), let boot = Self.bootTime else { return nil }
        let perSecond = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: perSecond)
        return Timestamp(
            nanoseconds: boot.nanoseconds &+ Int64(clamping: seconds) &* 1_000_000_000
                &+ Int64(clamping: rest &* 1_000_000_000 / perSecond))
    }

    private static let bootTime: Timestamp? = {
        guard let text = try? Files.readText("/proc/stat", limit: 8 << 20),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let seconds = Int64(line.dropFirst(6))
        else { return nil }
        return Timestamp(seconds: seconds)
    }()

    /// Where the uppermost layer of its root lies on the host, when that is an overlay: engines keep their things near it.
    var upperDirectory: String? {
        guard let text = try? Files.readText("\(proc)/\(pid)/mountinfo", limit: 4 << 20) else { return nil }
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[4] == "/", line.contains(" - overlay ") else { continue }
            let options = fields.last?.split(separator: ",") ?? []
            return options.first { $0.hasPrefix("upperdir=") }.map { String($0.dropFirst("upperdir=".count)) }
        }
        return nil
    }

    /// It is in the network of the host's first process, or of ours where that may not be looked at.
    var usesHostNetwork: Bool {
        let own = (try? Files.status("\(proc)/\(pid)/ns/net", followLink: true))??.inode
        let host =
            (try? Files.status("\(proc)/1/ns/net", followLink: true))??.inode
            ?? (try? Files.status("\(proc)/self/ns/net", followLink: true))??.inode
        return own != nil && own == host
    }

    /// Its host name, where it is in a namespace of its own and may be looked into.
    var hostname: String? {
        let text = (try? Files.readText("\(proc)/\(pid)/root/etc/hostname", limit: 256))?.filter { !$0.isNewline }
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
