import Engine

/// Lines of `GET /containers/ID/logs` with `timestamps=1`: a moment, a space, the line.
struct LogDecoder: Sendable {
    /// A line that is longer comes in pieces.
    private static let longest = 1 << 20

    private struct Unfinished {
        var bytes: [UInt8] = []
        /// The line's moment, once a piece of it has been told.
        var time: Timestamp?
        var place: LogPlace?
    }

    private let after: LogPlace?
    private var frames: FrameDecoder?
    private var unfinished: [LogLine.Stream: Unfinished] = [:]
    private var last = LogPlace(part: .min, offset: -1)

    /// - Parameters:
    ///   - isRaw: the container has a terminal: there are no frames.
    ///   - after: lines up to this place are passed over.
    init(isRaw: Bool, after: LogPlace?) {
        frames = isRaw ? nil : FrameDecoder()
        self.after = after
    }

    /// Takes bytes as they come.
    mutating func take(_ bytes: [UInt8]) throws(EngineError) -> [LogLine] {
        var lines: [LogLine] = []
        guard var frames else {
            add(bytes, .stdout, &lines)
            return lines
        }
        for piece in try frames.take(bytes) {
            add(piece.bytes, piece.stream, &lines)
            // The engine cuts long lines into frames of their own, each with a moment, and only the last ends with a line break.
            if piece.isLast { cut(piece.stream, &lines) }
        }
        self.frames = frames
        return lines
    }

    /// What has come of a line that did not end.
    mutating func finish() -> [LogLine] {
        var lines: [LogLine] = []
        for stream in [LogLine.Stream.stdout, .stderr] { cut(stream, &lines) }
        return lines
    }

    private mutating func add(_ bytes: [UInt8], _ stream: LogLine.Stream, _ lines: inout [LogLine]) {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            unfinished[stream, default: Unfinished()].bytes += bytes[start..<end]
            tell(stream, isPartial: false, &lines)
            start = end + 1
        }
        unfinished[stream, default: Unfinished()].bytes += bytes[start...]
        if unfinished[stream]?.bytes.count ?? 0 > Self.longest { tell(stream, isPartial: true, &lines) }
    }

    private mutating func cut(_ stream: LogLine.Stream, _ lines: inout [LogLine]) {
        if unfinished[stream].map({ !$0.bytes.isEmpty }) ?? false { tell(stream, isPartial: true, &lines) }
    }

    private mutating func tell(_ stream: LogLine.Stream, isPartial: Bool, _ lines: inout [LogLine]) {
        var line = unfinished[stream] ?? Unfinished()
        let (time, text) = Self.split(line.bytes)
        let begun = line.time ?? time ?? Timestamp(nanoseconds: max(0, last.part))
        let place = line.place ?? nextPlace(begun)
        line = isPartial ? Unfinished(time: begun, place: place) : Unfinished()
        unfinished[stream] = line
        if let after, place <= after { return }
        lines.append(LogLine(time: begun, stream: stream, bytes: text, isPartial: isPartial, place: place))
    }

    private mutating func nextPlace(_ time: Timestamp) -> LogPlace {
        let offset = last.part == time.nanoseconds ? last.offset + 1 : 0
        last = LogPlace(part: time.nanoseconds, offset: offset)
        return last
    }

    /// The moment in front of a line, and the line. A terminal's lines end with a carriage return, which is not theirs.
    private static func split(_ bytes: [UInt8]) -> (Timestamp?, [UInt8]) {
        guard let space = bytes.prefix(40).firstIndex(of: 0x20),
            let time = Timestamp(rfc3339: String(decoding: bytes[..<space], as: UTF8.self))
        else { return (nil, bytes) }
        return (time, Array(bytes[(space + 1)...]))
    }
}
