import Engine

/// The lines of a log that are in memory: a stretch of the whole, bounded in lines and bytes, extended at either
/// end by pages and cut at the other.
struct LogWindow: Sendable {
    /// One whole line; its pieces are already joined.
    struct Line: Sendable, Hashable {
        var time: Timestamp
        var stream: LogLine.Stream
        var bytes: [UInt8]
        var isOpen: Bool
    }

    struct Bounds: Sendable, Hashable {
        var lines = 40_000
        var bytes = 12 << 20
    }

    /// A line longer than this goes on in the next one, so that one endless line cannot fill memory.
    static let longestLine = 64 << 10

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

    /// Puts new pieces behind the last line; returns how many lines fell out at the front.
    mutating func append(_ pieces: [LogLine]) -> Int {
        for piece in pieces { Self.add(piece, to: &lines, bytes: &byteCount) }
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

    /// Puts a page before the first line: `page` ends with lines that are here already. Returns how many lines
    /// were added; the newest are dropped when there are too many. `isWhole`: nothing stands before the page.
    mutating func prepend(_ page: [LogLine], isWhole: Bool) -> Int {
        var older: [Line] = []
        var bytes = 0
        for piece in page { Self.add(piece, to: &older, bytes: &bytes) }
        if let first {
            older.removeAll { $0.time > first }
            let known = lines.prefix { $0.time == first }.count
            let same = older.reversed().prefix { $0.time == first }.count
            older.removeLast(min(known, same))
        }
        byteCount += older.reduce(0) { $0 + $1.bytes.count }
        lines.insert(contentsOf: older, at: 0)
        if isWhole { reachesStart = true }
        while isTooBig, lines.count > max(1, older.count), let last = lines.popLast() {
            byteCount -= last.bytes.count
            reachesEnd = false
        }
        return older.count
    }

    /// Drops what a page that starts at the last line's moment repeats.
    func withoutKnown(_ page: [LogLine]) -> [LogLine] {
        guard let last else { return page }
        let later = page.drop { $0.time < last }
        let known = lines.reversed().prefix { $0.time == last }.count
        let same = later.prefix { $0.time == last }.count
        return Array(later.dropFirst(min(known, same)))
    }

    private var isTooBig: Bool { lines.count > bounds.lines || byteCount > bounds.bytes }

    private static func add(_ piece: LogLine, to lines: inout [Line], bytes: inout Int) {
        bytes += piece.bytes.count
        if let index = lines.indices.last, lines[index].isOpen, lines[index].stream == piece.stream,
            lines[index].bytes.count + piece.bytes.count <= longestLine
        {
            lines[index].bytes += piece.bytes
            lines[index].isOpen = piece.isPartial
        } else {
            lines.append(
                Line(time: piece.time, stream: piece.stream, bytes: piece.bytes, isOpen: piece.isPartial))
        }
    }
}
