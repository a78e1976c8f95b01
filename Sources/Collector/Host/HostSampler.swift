import Cgroups
import Engine
import Glibc

/// Takes the host's samples, in the same shape as a container's, so that one function makes rates of both.
final class HostSampler {
    private var statistics = KeptFile("/proc/stat")
    private var memoryInfo = KeptFile("/proc/meminfo")
    private var load = KeptFile("/proc/loadavg")
    private var disks = KeptFile("/proc/diskstats")
    private var network = NetworkReader("/proc/self/net/dev")
    private var pressure = PressureReader(host: "/proc/pressure")
    private var interfaceFilter = DeviceFilter.interfaces()
    private var diskFilter = DeviceFilter.disks()
    private let nanosecondsPerTick = 1_000_000_000 / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))

    func sample(at time: Timestamp, using buffer: ReadBuffer) -> Sample {
        var sample = Sample(time: time)
        let tick = nanosecondsPerTick
        if let cpu = statistics.read(into: buffer, { Self.processor(&$0, nanosecondsPerTick: tick) }) {
            sample.cpu = cpu
        }
        if let memory = memoryInfo.read(into: buffer, { Self.memory(&$0) }) { sample.memory = memory }
        if let tasks = load.read(into: buffer, { Self.tasks(&$0) }) { sample.pids = tasks }
        var filter = diskFilter
        if let io = disks.read(into: buffer, { Self.blockIO(&$0) { filter.counts($0) } }) { sample.io = io }
        diskFilter = filter
        sample.interfaces = network.read(using: buffer).filter { interfaceFilter.counts($0.name) }
        sample.pressure = pressure.read(using: buffer)
        return sample
    }

    /// `cpu user nice system idle iowait irq softirq steal guest guest_nice` (proc_stat(5)); guest time is already in user.
    static func processor(_ scanner: inout ByteScanner, nanosecondsPerTick tick: UInt64) -> Sample.CPU {
        var cpu = Sample.CPU()
        guard scanner.skip("cpu ") else { return cpu }
        var fields = SIMD8<UInt64>(repeating: 0)
        for column in 0..<8 { fields[column] = scanner.number() ?? 0 }
        // Stolen time was not used here, idle time not at all.
        cpu.user = (fields[0] &+ fields[1]) &* tick
        cpu.system = (fields[2] &+ fields[5] &+ fields[6]) &* tick
        cpu.total = cpu.user &+ cpu.system
        scanner.skipLine()
        cpu.cores = cores(&scanner, nanosecondsPerTick: tick)
        return cpu
    }

    /// A line `cpu0 …` for each core that is online; the ones between that are not have done nothing.
    private static func cores(_ scanner: inout ByteScanner, nanosecondsPerTick tick: UInt64) -> [UInt64] {
        var cores: [UInt64] = []
        while scanner.skip("cpu"), let number = scanner.number(), number < mostCores {
            var busy: UInt64 = 0
            for column in 0..<7 {
                let value = scanner.number() ?? 0
                if column != 3 && column != 4 { busy &+= value }
            }
            while cores.count < Int(number) { cores.append(0) }
            cores.append(busy &* tick)
            scanner.skipLine()
        }
        return cores
    }

    /// More than any kernel is built for.
    private static let mostCores: UInt64 = 8192

    /// In use is what is not available (proc_meminfo(5)); kibibytes there.
    static func memory(_ scanner: inout ByteScanner) -> Sample.Memory {
        var memory = Sample.Memory()
        var total: UInt64 = 0
        var available: UInt64?
        var (swapTotal, swapFree): (UInt64, UInt64) = (0, 0)
        // The last of these lines comes late; the many behind it are not looked at.
        var left = 11
        while left > 0, !scanner.isAtEnd {
            left -= 1
            if scanner.skip("MemTotal:") {
                total = kibibytes(&scanner)
            } else if scanner.skip("MemAvailable:") {
                available = kibibytes(&scanner)
            } else if scanner.skip("Buffers:") || scanner.skip("Cached:") {
                memory.file &+= kibibytes(&scanner)
            } else if scanner.skip("AnonPages:") {
                memory.anonymous = kibibytes(&scanner)
            } else if scanner.skip("Shmem:") {
                memory.shared = kibibytes(&scanner)
            } else if scanner.skip("Slab:") {
                memory.slab = kibibytes(&scanner)
                memory.kernel &+= memory.slab
            } else if scanner.skip("KernelStack:") || scanner.skip("PageTables:") {
                memory.kernel &+= kibibytes(&scanner)
            } else if scanner.skip("SwapTotal:") {
                swapTotal = kibibytes(&scanner)
            } else if scanner.skip("SwapFree:") {
                swapFree = kibibytes(&scanner)
            } else {
                left += 1
            }
            scanner.skipLine()
        }
        memory.swap = swapTotal - min(swapTotal, swapFree)
        memory.current = total
        memory.inUse = total - min(total, available ?? total)
        return memory
    }

    private static func kibibytes(_ scanner: inout ByteScanner) -> UInt64 { (scanner.number() ?? 0) &* 1024 }

    /// Processes and threads: the number behind the slash (proc_loadavg(5)).
    static func tasks(_ scanner: inout ByteScanner) -> UInt64 {
        for _ in 0..<3 {
            _ = scanner.word()
            scanner.skipBlanks()
        }
        _ = scanner.word(until: 0x2f)
        scanner.advance()
        return scanner.number() ?? 0
    }

    /// `major minor name reads merged sectors ms writes merged sectors …`; a sector is 512 bytes (admin-guide/iostats.rst).
    static func blockIO(_ scanner: inout ByteScanner, counts: (String) -> Bool) -> Sample.BlockIO {
        var io = Sample.BlockIO()
        while !scanner.isAtEnd {
            _ = scanner.number()
            _ = scanner.number()
            scanner.skipBlanks()
            let name = String(decoding: scanner.word(), as: UTF8.self)
            if counts(name) {
                var fields = SIMD8<UInt64>(repeating: 0)
                for column in 0..<7 { fields[column] = scanner.number() ?? 0 }
                io.reads &+= fields[0]
                io.readBytes &+= fields[2] &* 512
                io.writes &+= fields[4]
                io.writtenBytes &+= fields[6] &* 512
            }
            scanner.skipLine()
        }
        return io
    }
}
