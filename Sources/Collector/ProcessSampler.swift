import Cgroups
import Engine
import Glibc
import LinuxSystem

/// Takes the samples of a container without cgroups from its processes in /proc (proc_pid_stat(5), proc_pid_statm(5),
/// proc_pid_io(5)), as far as they tell: no limits, no pressure, and no time of processes that ended unseen.
///
/// It belongs to one thread, the collector's.
final class ProcessSampler: ContainerSampler {
    let target: SampleTarget
    /// Processes tell no more than they always do.
    var isDetailed = false
    private let processes: ProcessRound
    private var network: NetworkReader?
    /// The counters never run backwards, though what ended takes its share with it.
    private var last: Sample?

    init(_ target: SampleTarget, _ processes: ProcessRound) {
        self.target = target
        self.processes = processes
        network = NetworkReader.ofContainer(target, isKept: false)
    }

    func sample(at time: Timestamp, using buffer: ReadBuffer) -> Sample? {
        guard let members = processes.members(of: target.pid) else { return nil }
        var sample = Sample(time: time)
        for pid in members { add(pid, to: &sample) }
        sample.interfaces = network?.read(using: buffer) ?? []
        if let last {
            sample.cpu.user = max(sample.cpu.user, last.cpu.user)
            sample.cpu.system = max(sample.cpu.system, last.cpu.system)
            sample.io.readBytes = max(sample.io.readBytes, last.io.readBytes)
            sample.io.writtenBytes = max(sample.io.writtenBytes, last.io.writtenBytes)
        }
        sample.cpu.total = sample.cpu.user &+ sample.cpu.system
        last = sample
        return sample
    }

    private func add(_ pid: pid_t, to sample: inout Sample) {
        guard let text = try? Files.readText("/proc/\(pid)/stat", limit: 8192),
            // The name in parentheses may itself hold parentheses and spaces.
            let end = text.lastIndex(of: ")")
        else { return }
        let fields = text[end...].dropFirst(2).split(separator: " ")
        guard fields.count > 21, fields[0] != "Z" else { return }
        func ticks(_ index: Int) -> UInt64 { (UInt64(fields[index]) ?? 0) &* processes.nanosecondsPerTick }
        // With what it has reaped: fields 14 to 17 of the manual's count.
        sample.cpu.user &+= ticks(11) &+ ticks(13)
        sample.cpu.system &+= ticks(12) &+ ticks(14)
        sample.pids &+= UInt64(fields[17]) ?? 1
        addMemory(pid, to: &sample)
        addIO(pid, to: &sample)
    }

    /// Pages of its own: what is shared, mostly the program's file, would count once a process.
    private func addMemory(_ pid: pid_t, to sample: inout Sample) {
        guard let text = try? Files.readText("/proc/\(pid)/statm", limit: 256) else { return }
        let pages = text.split(separator: " ").map { UInt64($0) ?? 0 }
        guard pages.count > 2 else { return }
        let own = (pages[1] - min(pages[1], pages[2])) &* processes.pageSize
        sample.memory.inUse &+= own
        sample.memory.anonymous &+= own
        sample.memory.current &+= pages[1] &* processes.pageSize
    }

    private func addIO(_ pid: pid_t, to sample: inout Sample) {
        guard let text = try? Files.readText("/proc/\(pid)/io", limit: 1024) else { return }
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let bytes = UInt64(words[1]) else { continue }
            if words[0] == "read_bytes:" { sample.io.readBytes &+= bytes }
            if words[0] == "write_bytes:" { sample.io.writtenBytes &+= bytes }
        }
    }
}

/// The machine's processes by namespace, looked through once for all containers of a round.
final class ProcessRound {
    let nanosecondsPerTick = UInt64(1_000_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK))))
    let pageSize = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
    private var table: [UInt64: [pid_t]] = [:]
    private var takenAt: Int64?

    /// Older than this it is another round's.
    private static let freshness: Int64 = 10_000_000

    func members(of pid: pid_t) -> [pid_t]? {
        let now = Clock.monotonic()
        if takenAt.map({ now - $0 > Self.freshness }) ?? true {
            table = PidNamespaces.table()
            takenAt = Clock.monotonic()
        }
        return PidNamespaces.members(of: pid, in: table)
    }
}
