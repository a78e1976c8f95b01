import Engine
import Glibc
import LinuxSystem
import Search

/// A stretch of a log file in memory: as it is on disk, and when it is asked for as the text that a person reads, line by
/// line without times, streams and escape sequences.
///
/// A line belongs to the chunk that it begins in. Made once for many chunks: its memory is used again.
final class LogChunk {
    /// Bytes of a file that one chunk covers.
    static let size: Int64 = 1 << 20
    /// What the monitor writes at once is a quarter of it.
    static let longestRecord = 64 << 10
    /// How far before a chunk it is looked for the beginning of a line that reaches into it.
    static let lookBack = 64 << 10
    private static let overhang = LineJoiner.longestLine + longestRecord
    /// A line that is written in pieces has pieces longer than this.
    private static let shortRecord = 8 << 10

    private let raw: UnsafeMutableRawBufferPointer
    private var rawCount = 0
    /// Where `raw` begins in the file.
    private var region: Int64 = 0
    private var key: Int64 = 0
    /// Records that begin in these bytes are the chunk's own.
    private var own = 0..<0
    private var parser = CRIRecordParser()
    private let framing: LogFraming
    private var isFramed = false

    init() {
        let capacity = Self.lookBack + Int(Self.size) + Self.overhang
        raw = .allocate(byteCount: capacity, alignment: 64)
        framing = LogFraming(capacity: capacity)
    }

    deinit { raw.deallocate() }

    /// Reads chunk `index` of a part.
    func load(_ part: LogMap.Part, _ index: Int) throws(SystemError) {
        let start = Int64(index) * Self.size
        let end = min(part.size, start + Self.size)
        key = part.key
        region = max(0, start - Int64(Self.lookBack))
        let limit = min(part.size, end + Int64(Self.overhang))
        let wanted = UnsafeMutableRawBufferPointer(rebasing: raw[..<Int(max(0, limit - region))])
        rawCount = try part.file.read(into: wanted, at: region)
        own = min(rawCount, Int(start - region))..<min(rawCount, Int(end - region))
        isFramed = false
    }

    /// The lines as text.
    func framed() -> LogFraming {
        if !isFramed {
            framing.read(UnsafeRawBufferPointer(rebasing: raw[..<rawCount]), own: own, isFileStart: region == 0)
            isFramed = true
        }
        return framing
    }

    /// Whole records as they are on disk.
    struct Records {
        var bytes: UnsafeRawBufferPointer
        /// Where they begin in the chunk's bytes.
        var start: Int
        /// What is among them.
        var survey: ByteSurvey { ByteSurvey(bytes) }
    }

    /// The whole records of the chunk, when each of them is a line that reads as it is on disk; `nil` when some are pieces
    /// of longer lines or have escape sequences.
    func plainRecords() -> Records? {
        guard let base = raw.baseAddress, memchr(base, 0x1b, rawCount) == nil, !hasLongRecords(base) else { return nil }
        guard let start = recordStart(base, from: own.lowerBound), start < own.upperBound else {
            return Records(bytes: UnsafeRawBufferPointer(start: base, count: 0), start: 0)
        }
        guard let end = recordStart(base, from: own.upperBound) ?? lastEnd(base) else { return nil }
        return Records(bytes: UnsafeRawBufferPointer(rebasing: raw[start..<max(start, end)]), start: start)
    }

    /// The beginning of the first record at or behind `place`.
    private func recordStart(_ base: UnsafeMutableRawPointer, from place: Int) -> Int? {
        if place == 0, region == 0 { return 0 }
        let from = max(0, place - 1)
        guard from < rawCount, let newline = memchr(base + from, 0x0a, rawCount - from) else { return nil }
        return UnsafeMutableRawPointer(newline) - base + 1
    }

    /// Behind the last newline.
    private func lastEnd(_ base: UnsafeMutableRawPointer) -> Int? {
        var position = rawCount
        while position > 0, raw[position - 1] != 0x0a { position -= 1 }
        return position
    }

    private func hasLongRecords(_ base: UnsafeMutableRawPointer) -> Bool {
        var position = 0
        while position + Self.shortRecord <= rawCount {
            if memchr(base + position, 0x0a, Self.shortRecord) == nil { return true }
            position += Self.shortRecord
        }
        return false
    }

    // MARK: Lines by where they begin in memory

    func place(at position: Int) -> LogPlace { LogPlace(part: key, offset: region + Int64(position)) }

    func time(at position: Int) -> Timestamp? {
        parser.parseTime(UnsafeRawBufferPointer(rebasing: raw[position..<rawCount]))
    }

    /// A line with its bytes as the container wrote them.
    func line(at start: Int) -> LogLine? {
        guard let base = raw.baseAddress else { return nil }
        var joiner = LineJoiner()
        var position = start
        while position < rawCount, let newline = memchr(base + position, 0x0a, rawCount - position) {
            let end = UnsafeMutableRawPointer(newline) - base
            if var piece = parser.parse(UnsafeRawBufferPointer(rebasing: raw[position..<end])) {
                piece.place = place(at: position)
                if let line = joiner.take(piece).first { return line }
            }
            position = end + 1
        }
        return joiner.rest()
    }
}
