import Engine

/// Pressure stall averages of a cgroup, or of the host (Documentation/accounting/psi.rst).
public struct PressureReader: ~Copyable {
    private var cpu: KeptFile
    private var memory: KeptFile
    private var io: KeptFile
    private var last: Sample.Pressure?
    private var round: UInt8 = 0

    /// Reads `DIRECTORY/cpu.pressure` and its two neighbours.
    public init(cgroup directory: String, isKept: Bool = true) {
        cpu = KeptFile(directory + "/cpu.pressure", isKept: isKept)
        memory = KeptFile(directory + "/memory.pressure", isKept: isKept)
        io = KeptFile(directory + "/io.pressure", isKept: isKept)
    }

    /// Reads the host's: `DIRECTORY/cpu` and so on, where `directory` is `/proc/pressure`.
    public init(host directory: String) {
        cpu = KeptFile(directory + "/cpu")
        memory = KeptFile(directory + "/memory")
        io = KeptFile(directory + "/io")
    }

    /// The averages; `nil` where the kernel keeps none.
    ///
    /// The kernel renews them every two seconds, so every second call answers the last figures. Where nobody looks
    /// closely, each call renews one of the three: over ten seconds' averages that is soon enough.
    public mutating func read(isDetailed: Bool = true, using buffer: ReadBuffer) -> Sample.Pressure? {
        round &+= 1
        if isDetailed && last != nil && round & 1 == 0 { return last }
        let isWhole = isDetailed || last == nil
        var pressure = last ?? Sample.Pressure()
        if isWhole || round % 3 == 0 {
            guard let cpu = cpu.read(into: buffer, { Self.averages(&$0) }) else {
                last = nil
                return nil
            }
            (pressure.cpuSome, pressure.cpuFull) = cpu
        }
        if isWhole || round % 3 == 1, let memory = memory.read(into: buffer, { Self.averages(&$0) }) {
            (pressure.memorySome, pressure.memoryFull) = memory
        }
        if isWhole || round % 3 == 2, let io = io.read(into: buffer, { Self.averages(&$0) }) {
            (pressure.ioSome, pressure.ioFull) = io
        }
        last = pressure
        return pressure
    }

    /// The ten-second averages of `some avg10=0.00 …` and `full avg10=0.00 …`.
    static func averages(_ scanner: inout ByteScanner) -> (some: Double, full: Double) {
        var result = (some: 0.0, full: 0.0)
        while !scanner.isAtEnd {
            if scanner.skip("some avg10=") {
                result.some = scanner.decimal() ?? 0
            } else if scanner.skip("full avg10=") {
                result.full = scanner.decimal() ?? 0
            }
            scanner.skipLine()
        }
        return result
    }
}
