import Engine
import Glibc
import LinuxSystem

/// Lists processes as `ps -ef` does, from /proc (proc_pid_stat(5)).
struct ProcessLister {
    static let titles = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"]

    private let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    private let now = Double(Clock.realtime()) / 1e9
    private let bootedAt: Double
    private let userNames: [UInt32: String]

    init() {
        let statistics = (try? Files.readText("/proc/stat", limit: 1 << 20)) ?? ""
        let line = statistics.split(separator: "\n").first { $0.hasPrefix("btime ") }
        bootedAt = line.flatMap { Double($0.dropFirst("btime ".count)) } ?? 0
        var names: [UInt32: String] = [:]
        for line in ((try? Files.readText("/etc/passwd", limit: 4 << 20)) ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count > 2, let uid = UInt32(fields[2]), names[uid] == nil else { continue }
            names[uid] = String(fields[0])
        }
        userNames = names
    }

    /// The table of these processes; those that have ended meanwhile are left out.
    func table(_ pids: [Int32]) -> ProcessTable {
        ProcessTable(titles: Self.titles, rows: pids.sorted().compactMap(row))
    }

    /// One process; `nil` when it has ended.
    func process(_ pid: Int32) -> ContainerProcess? {
        guard let facts = facts(pid), let user = Double(facts.fields[11]), let system = Double(facts.fields[12]),
            let start = UInt64(facts.fields[19])
        else { return nil }
        let fields = facts.fields
        let startedAt = bootedAt + Double(start) / ticksPerSecond
        return ContainerProcess(
            pid: pid, parent: Int32(fields[1]) ?? 0, innerPID: innerPID(pid), startTicks: start,
            user: userNames[facts.uid] ?? String(facts.uid), state: String(fields[0]),
            threads: Int(fields[17]) ?? 1,
            memory: (fields.count > 21 ? Int64(fields[21]) ?? 0 : 0) &* Int64(sysconf(Int32(_SC_PAGESIZE))),
            cpuTime: Int64(min((user + system) / ticksPerSecond, 9e9) * 1e9),
            startedAt: Timestamp(nanoseconds: Int64(min(startedAt, 9e9) * 1e9)),
            command: command("/proc/\(pid)") ?? "[\(facts.name)]")
    }

    /// The last of the numbers that it has in the pid namespaces around it (proc_pid_status(5), NSpid).
    private func innerPID(_ pid: Int32) -> Int32? {
        guard let text = try? Files.readText("/proc/\(pid)/status", limit: 65536) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
        return line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).last.flatMap { Int32($0) }
    }

    private func facts(_ pid: Int32) -> (name: Substring, uid: UInt32, fields: [Substring])? {
        let directory = "/proc/\(pid)"
        guard let text = try? Files.readText(directory + "/stat", limit: 8192),
            // The name in parentheses may itself hold parentheses and spaces.
            let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close,
            let uid = try? Files.status(directory)?.uid
        else { return nil }
        let fields = text[close...].dropFirst(2).split(separator: " ")
        guard fields.count > 19 else { return nil }
        return (text[text.index(after: open)..<close], uid, fields)
    }

    private func row(_ pid: Int32) -> [String]? {
        guard let (name, uid, fields) = facts(pid), let user = Double(fields[11]), let system = Double(fields[12]),
            let start = Double(fields[19])
        else { return nil }
        let used = (user + system) / ticksPerSecond
        let startedAt = bootedAt + start / ticksPerSecond
        let share = min(max(used / max(now - startedAt, 1) * 100, 0), 99_999)
        return [
            userNames[uid] ?? String(uid), String(pid), String(fields[1]), String(Int(share)), startText(startedAt),
            terminal(Int(fields[4]) ?? 0), timeText(used), command("/proc/\(pid)") ?? "[\(name)]",
        ]
    }

    private func command(_ directory: String) -> String? {
        guard var bytes = try? Files.read(directory + "/cmdline", limit: 4 << 20) else { return nil }
        while bytes.last == 0 { bytes.removeLast() }
        if bytes.isEmpty { return nil }
        return String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
    }

    /// The hour when it was today, else the day.
    private func startText(_ seconds: Double) -> String {
        let started = local(seconds)
        let today = local(now)
        if started.tm_year == today.tm_year, started.tm_yday == today.tm_yday {
            return "\(padded(started.tm_hour)):\(padded(started.tm_min))"
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months.indices.contains(Int(started.tm_mon)) ? months[Int(started.tm_mon)] : "???"
        return "\(month)\(padded(started.tm_mday))"
    }

    private func local(_ seconds: Double) -> tm {
        var time = time_t(max(0, min(seconds, 1e11)))
        var parts = tm()
        localtime_r(&time, &parts)
        return parts
    }

    private func timeText(_ seconds: Double) -> String {
        let whole = Int32(max(0, min(seconds, 1e9)))
        return "\(padded(whole / 3600)):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    }

    /// Device numbers as the kernel packs them; majors 136 to 143 are pseudo-terminals.
    private func terminal(_ device: Int) -> String {
        let major = (device >> 8) & 0xfff
        let minor = (device & 0xff) | ((device >> 12) & 0xfff00)
        if (136...143).contains(major) { return "pts/\((major - 136) * 256 + minor)" }
        return major == 4 ? "tty\(minor)" : "?"
    }

    private func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
