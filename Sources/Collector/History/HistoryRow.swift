import Engine

/// The kept figures of one second, or of one coarser period; a figure that is not there is NaN.
struct HistoryRow: Hashable {
    /// A second since the epoch, or the number of a period.
    var stamp: UInt32
    /// By `column(of:)`; the places beyond the last metric stay unused.
    var values: SIMD16<Float>

    static let columnCount = 10

    /// The place of a metric, also in files: never to be changed without a new format number.
    static func column(of metric: HistoryQuery.Metric) -> Int {
        switch metric {
        case .cpu: 0
        case .memory: 1
        case .receive: 2
        case .send: 3
        case .read: 4
        case .write: 5
        case .pids: 6
        case .cpuPressure: 7
        case .memoryPressure: 8
        case .ioPressure: 9
        }
    }

    init(stamp: UInt32, values: SIMD16<Float>) {
        self.stamp = stamp
        self.values = values
    }

    init(stamp: UInt32, usage: Usage) {
        self.stamp = stamp
        values = SIMD16(repeating: .nan)
        values[0] = Float(usage.cpu)
        values[1] = Float(usage.memory)
        values[2] = Float(usage.receiveRate)
        values[3] = Float(usage.sendRate)
        values[4] = Float(usage.readRate)
        values[5] = Float(usage.writeRate)
        values[6] = Float(usage.pids)
        if let pressure = usage.pressure {
            values[7] = Float(pressure.cpuSome)
            values[8] = Float(pressure.memorySome)
            values[9] = Float(pressure.ioSome)
        }
    }

    /// Takes the larger of each figure; a missing one gives way.
    mutating func merge(_ other: SIMD16<Float>) {
        values.replace(with: other, where: (other .> values) .| (values .!= values))
    }
}
