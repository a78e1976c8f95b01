/// An hour of every core's load, second by second, in whole per cent: a byte each, in memory only.
struct CoreTrack {
    /// How many cores it has room for.
    let cores: Int
    private var stamps: [UInt32]
    private var loads: [UInt8]
    private(set) var last: UInt32 = 0

    private static let seconds = Int(HistoryLayout.fineSpan)
    private static let missing = UInt8.max
    /// More cores than this are not kept one by one.
    private static let mostCores = 512

    init(cores: Int) {
        self.cores = min(max(0, cores), Self.mostCores)
        stamps = Array(repeating: 0, count: Self.seconds)
        loads = Array(repeating: Self.missing, count: Self.seconds * self.cores)
    }

    /// Adds a second's loads; seconds left out since the last one, if no more than `longestGap`, get the same.
    mutating func append(_ percents: [Float], at stamp: UInt32, longestGap: UInt32) {
        let isContinued = stamp > last && stamp - last <= longestGap
        for second in (isContinued ? last + 1 : stamp)...stamp { put(percents, at: second, isSecond: second == last) }
        last = stamp
    }

    private mutating func put(_ percents: [Float], at stamp: UInt32, isSecond: Bool) {
        let row = Int(stamp) % Self.seconds
        stamps[row] = stamp
        for core in 0..<cores {
            let place = row * cores + core
            let value = core < percents.count ? UInt8(max(0, min(254, percents[core].rounded()))) : Self.missing
            loads[place] = isSecond && loads[place] != Self.missing ? max(loads[place], value) : value
        }
    }

    /// Hands over what is known of a core from `first` to `last`.
    func forEach(core: Int, from first: Int64, to last: Int64, _ body: (Float, Int64) -> Void) {
        guard core >= 0, core < cores, last >= 0 else { return }
        let start = max(0, first, last - Int64(Self.seconds) + 1)
        guard start <= last else { return }
        for second in start...last {
            let row = Int(second) % Self.seconds
            guard Int64(stamps[row]) == second else { continue }
            let value = loads[row * cores + core]
            if value != Self.missing { body(Float(value), second) }
        }
    }
}
