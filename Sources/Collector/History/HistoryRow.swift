import Engine

/// The kept figures of one second, or of one coarser period; a figure that is not there is NaN.
struct HistoryRow: Hashable {
    /// A second since the epoch, or the number of a period.
    var stamp: UInt32
    /// By `column(of:)`; the places beyond the last metric stay unused.
    var values: SIMD16<Float>
    /// Figures that need not be exact, two bytes each, by `smallColumn(of:)`.
    var small: SIMD16<UInt16>

    static let columnCount = 10
    static let smallColumnCount = 16

    /// The place of a metric, also in files: never to be changed without a new format number.
    static func column(of metric: HistoryQuery.Metric) -> Int? {
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
        default: nil
        }
    }

    /// The place of a metric among the small ones, also in files.
    static func smallColumn(of metric: HistoryQuery.Metric) -> Int? {
        switch metric {
        case .throttled: 0
        case .throttledPeriods: 1
        case .anonymous: 2
        case .file: 3
        case .kernel: 4
        case .slab: 5
        case .shared: 6
        case .swap: 7
        case .memoryLimit: 8
        case .oomKills: 9
        case .cpuPressureFull: 10
        case .memoryPressureFull: 11
        case .ioPressureFull: 12
        case .cpuUser: 13
        case .cpuSystem: 14
        default: nil
        }
    }

    init(stamp: UInt32, values: SIMD16<Float>, small: SIMD16<UInt16>) {
        self.stamp = stamp
        self.values = values
        self.small = small
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
        small = SIMD16(repeating: SmallFigure.missing)
        small[0] = SmallFigure.code(Float(usage.cpuThrottled))
        small[1] = SmallFigure.code(Float(usage.throttledPeriods))
        small[2] = SmallFigure.code(Float(usage.memoryAnonymous))
        small[3] = SmallFigure.code(Float(usage.memoryFile))
        small[4] = SmallFigure.code(Float(usage.memoryKernel))
        small[5] = SmallFigure.code(Float(usage.memorySlab))
        small[6] = SmallFigure.code(Float(usage.memoryShared))
        small[7] = SmallFigure.code(Float(usage.swap))
        if usage.isMemoryLimited { small[8] = SmallFigure.code(Float(usage.memoryLimit)) }
        small[9] = SmallFigure.code(Float(usage.newOOMKills))
        small[13] = SmallFigure.code(Float(usage.cpuUser))
        small[14] = SmallFigure.code(Float(usage.cpuSystem))
        if let pressure = usage.pressure {
            values[7] = Float(pressure.cpuSome)
            values[8] = Float(pressure.memorySome)
            values[9] = Float(pressure.ioSome)
            small[10] = SmallFigure.code(Float(pressure.cpuFull))
            small[11] = SmallFigure.code(Float(pressure.memoryFull))
            small[12] = SmallFigure.code(Float(pressure.ioFull))
        }
    }

    /// The same figures at another time, or of another period.
    func at(_ stamp: UInt32) -> HistoryRow { HistoryRow(stamp: stamp, values: values, small: small) }

    /// For a second without a measurement of its own: the same figures, but what is counted once is not counted again.
    func repeated(at stamp: UInt32) -> HistoryRow {
        var row = at(stamp)
        row.small[9] = SmallFigure.code(0)
        return row
    }

    /// A metric's figure; no number where there is none.
    func value(of metric: HistoryQuery.Metric) -> Float {
        if let column = Self.column(of: metric) { return values[column] }
        if let column = Self.smallColumn(of: metric) { return SmallFigure.value(small[column]) }
        return .nan
    }

    /// Takes the larger of each figure; a missing one gives way.
    mutating func merge(_ other: HistoryRow) {
        values.replace(with: other.values, where: (other.values .> values) .| (values .!= values))
        small.replace(with: other.small, where: other.small .> small)
    }
}
