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
    /// The kernel renews them every two seconds, so every second call answers the last figures.
    public mutating func read(using buffer: ReadBuffer) -> Sample.Pressure? {
        round &+= 1
        if last != nil, round & 1 == 0 { return last }
        guard let cpu = cpu.read(into: buffer, { Self.averages(&$0) }) else {
            last = nil
            return nil
        }
        var pressure = Sample.Pressure()
        pressure.cpuSome = cpu.some
        if let memory = memory.read(into: buffer, { Self.averages(&$0) }) {
            pressure.memorySome = memory.some
            pressure.memoryFull = memory.full
        }
        if let io = io.read(into: buffer, { Self.averages(&$0) }) {
            pressure.ioSome = io.some
            pressure.ioFull = io.full
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
