/// Bytes a second over the last moments.
struct TransferRate: Sendable {
    /// How far back is looked, in nanoseconds.
    private static let window: Int64 = 4_000_000_000
    /// Marks nearer to each other than this are one.
    private static let step: Int64 = 100_000_000

    private var marks: [(time: Int64, bytes: Int64)] = []

    /// Notes how many bytes there are at a moment (monotonic nanoseconds).
    mutating func mark(_ bytes: Int64, at now: Int64) {
        if let last = marks.last, now - last.time < Self.step, marks.count > 1 {
            marks[marks.count - 1].bytes = bytes
        } else {
            marks.append((now, bytes))
        }
        // The newest mark that is older than the window stays: it is where the window begins.
        while marks.count > 2, now - marks[1].time > Self.window { marks.removeFirst() }
    }

    /// Bytes a second; `nil` until there is something to measure.
    func perSecond(at now: Int64) -> Int64? {
        guard let first = marks.first, let last = marks.last, now - first.time >= 5 * Self.step else { return nil }
        let rate = Double(last.bytes &- first.bytes) / (Double(now - first.time) / 1e9)
        return rate >= 1 && rate < 1e18 ? Int64(rate) : nil
    }
}
