import Engine

/// What a step has written, as lines. Bounded: the oldest lines go first.
struct StepOutput: Sendable, Hashable {
    struct Bounds: Sendable, Hashable {
        var lines = 5000
        var bytes = 512 << 10
        /// A line longer than this goes on in the next one.
        var line = 16 << 10
    }

    private(set) var lines: [LogWindow.Line] = []
    /// How many lines have gone.
    private(set) var dropped = 0
    private(set) var byteCount = 0
    private let bounds: Bounds
    /// A carriage return came: what follows it overwrites the line, as progress bars do.
    private var hasReturned = false

    init(bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// Takes a piece of output, not cut at line ends.
    mutating func append(_ bytes: [UInt8], _ stream: LogLine.Stream) {
        var rest = bytes[...]
        while let next = rest.first {
            if lines.last?.isOpen != true || lines.last?.stream != stream { hasReturned = false }
            if hasReturned, next != Self.lineFeed, next != Self.carriageReturn {
                hasReturned = false
                clearLast()
            }
            let end = rest.firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn } ?? rest.endIndex
            if end > rest.startIndex { add(rest[..<end], stream) }
            guard end < rest.endIndex else { break }
            if rest[end] == Self.lineFeed { close(stream) } else { hasReturned = true }
            rest = rest[(end + 1)...]
        }
        trim(lines: bounds.lines, bytes: bounds.bytes)
    }

    /// Halves what is here, for others that need the room.
    mutating func halve() { trim(lines: lines.count / 2, bytes: byteCount / 2) }

    private static let lineFeed: UInt8 = 0x0a
    private static let carriageReturn: UInt8 = 0x0d

    private mutating func add(_ piece: ArraySlice<UInt8>, _ stream: LogLine.Stream) {
        var piece = piece
        while !piece.isEmpty {
            if lines.last.map({ !$0.isOpen || $0.stream != stream || $0.bytes.count >= bounds.line }) ?? true {
                lines.append(Self.line(stream))
            }
            let place = lines.count - 1
            let part = piece.prefix(bounds.line - lines[place].bytes.count)
            lines[place].bytes += part
            byteCount += part.count
            piece = piece.dropFirst(part.count)
        }
    }

    private mutating func close(_ stream: LogLine.Stream) {
        hasReturned = false
        if lines.last.map({ !$0.isOpen || $0.stream != stream }) ?? true { lines.append(Self.line(stream)) }
        lines[lines.count - 1].isOpen = false
    }

    private mutating func clearLast() {
        guard let place = lines.indices.last else { return }
        byteCount -= lines[place].bytes.count
        lines[place].bytes = []
    }

    private mutating func trim(lines most: Int, bytes: Int) {
        guard lines.count > most || byteCount > bytes else { return }
        // Cutting a tenth more than needed makes the cost of moving the rest small per line.
        var count = max(0, lines.count - most * 9 / 10)
        var freed = lines.prefix(count).reduce(0) { $0 + $1.bytes.count }
        while byteCount - freed > bytes * 9 / 10, count < lines.count - 1 {
            freed += lines[count].bytes.count
            count += 1
        }
        lines.removeFirst(count)
        byteCount -= freed
        dropped += count
    }

    private static func line(_ stream: LogLine.Stream) -> LogWindow.Line {
        LogWindow.Line(time: Timestamp(nanoseconds: 0), stream: stream, bytes: [], isOpen: true)
    }
}
