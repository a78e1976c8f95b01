import Engine

/// The lines of one or several logs that are in memory: a stretch of the whole, in the order of time, bounded in lines and
/// bytes, extended at either end by pages and cut at the other.
struct LogWindow: Sendable {
    /// One whole line.
    struct Line: Sendable, Hashable {
        var time: Timestamp
        var stream: LogLine.Stream
        var bytes: [UInt8]
        /// Which of the logs it is from.
        var source: Int
        var place = LogPlace(part: 0, offset: 0)
        /// Its end has not come.
        var isOpen = false

        init(time: Timestamp, stream: LogLine.Stream, bytes: [UInt8], isOpen: Bool = false) {
            self.time = time
            self.stream = stream
            self.bytes = bytes
            self.isOpen = isOpen
            source = 0
        }

        init(_ line: LogLine, source: Int) {
            time = line.time
            stream = line.stream
            bytes = line.bytes
            self.source = source
            place = line.place ?? LogPlace(part: line.time.nanoseconds, offset: 0)
        }

        var key: LogKey { LogKey(source: source, place: place) }
    }

    struct Bounds: Sendable, Hashable {
        var lines = 40_000
        var bytes = 12 << 20
    }

    private(set) var lines: [Line] = []
    private var byteCount = 0
    let bounds: Bounds
    /// Everything before the first line is known not to exist.
    var reachesStart = false
    /// New lines arrive behind the last one.
    var reachesEnd = false

    init(bounds: Bounds = Bounds()) { self.bounds = bounds }

    var first: Timestamp? { lines.first?.time }
    var last: Timestamp? { lines.last?.time }

    /// The first or the last line of a log that is here.
    func first(of source: Int) -> Line? { lines.first { $0.source == source } }
    func last(of source: Int) -> Line? { lines.last { $0.source == source } }

    /// Where a line is.
    func index(of key: LogKey, near: Timestamp? = nil) -> Int? { lines.firstIndex { $0.key == key } }

    /// Puts new lines behind the last one, or before those that are newer; answers how many fell out at the front, and where
    /// the first of the new ones stands.
    mutating func append(_ new: [Line]) -> (dropped: Int, first: Int) {
        guard let earliest = new.map(\.time).min() else { return (0, lines.count) }
        byteCount += new.reduce(0) { $0 + $1.bytes.count }
        // Logs that are followed side by side come almost in order.
        let isMerged = new.first.map { first in lines.last.map { $0.source != first.source } ?? false } ?? false
        var start = lines.count
        if isMerged || new.contains(where: { $0.source != new[0].source }) {
            while start > 0, lines[start - 1].time > earliest { start -= 1 }
        }
        if start == lines.count {
            lines += new
        } else {
            let tail = Array(lines[start...])
            lines.removeLast(tail.count)
            lines += LogMerge.merged([tail, new])
        }
        let dropped = cutFront()
        return (dropped, max(0, start - dropped))
    }

    private mutating func cutFront() -> Int {
        guard isTooBig else { return 0 }
        // Cutting a tenth more than needed makes the cost of moving the rest small per line.
        var count = max(0, lines.count - bounds.lines * 9 / 10)
        var freed = lines.prefix(count).reduce(0) { $0 + $1.bytes.count }
        while byteCount - freed > bounds.bytes * 9 / 10, count < lines.count - 1 {
            freed += lines[count].bytes.count
            count += 1
        }
        lines.removeFirst(count)
        byteCount -= freed
        if count > 0 { reachesStart = false }
        return count
    }

    /// Puts a page before the first line; the newest lines are dropped when there are too many.
    mutating func prepend(_ page: [Line], isWhole: Bool) {
        byteCount += page.reduce(0) { $0 + $1.bytes.count }
        lines.insert(contentsOf: page, at: 0)
        if isWhole { reachesStart = true }
        while isTooBig, lines.count > max(1, page.count), let last = lines.popLast() {
            byteCount -= last.bytes.count
            reachesEnd = false
        }
    }

    private var isTooBig: Bool { lines.count > bounds.lines || byteCount > bounds.bytes }
}

/// Names a line, wherever it stands in the window.
struct LogKey: Sendable, Hashable {
    var source: Int
    var place: LogPlace
}
