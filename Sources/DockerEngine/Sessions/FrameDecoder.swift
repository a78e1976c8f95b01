import Engine

/// Takes the frames apart in which output and errors of a process without a terminal come over one connection: a byte that
/// names the stream, three of zero, the length as 32 bits with the highest first, the bytes (Engine API, "Stream format").
struct FrameDecoder: Sendable {
    private var header: [UInt8] = []
    private var stream = LogLine.Stream.stdout
    private var left = 0

    /// What of a frame's bytes has come; `isLast` with the frame's last ones.
    struct Piece: Equatable, Sendable {
        var stream: LogLine.Stream
        var bytes: [UInt8]
        var isLast: Bool
    }

    /// Takes bytes as they come.
    /// - Throws: `.corrupted` when they are no frames.
    mutating func take(_ bytes: [UInt8]) throws(EngineError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            if left == 0 {
                let part = rest.prefix(8 - header.count)
                header += part
                rest = rest.dropFirst(part.count)
                guard header.count == 8 else { break }
                try begin()
                continue
            }
            let part = rest.prefix(left)
            rest = rest.dropFirst(part.count)
            left -= part.count
            pieces.append(Piece(stream: stream, bytes: Array(part), isLast: left == 0))
        }
        return pieces
    }

    private mutating func begin() throws(EngineError) {
        // 3 carries errors of the daemon itself, which belong to the errors.
        guard header[0] <= 3, header[1] == 0, header[2] == 0, header[3] == 0 else {
            throw EngineError(
                .corrupted, "the engine sends output that is not in frames", hint: "is it a Docker engine?")
        }
        stream = header[0] >= 2 ? .stderr : .stdout
        left = header[4...].reduce(0) { $0 << 8 | Int($1) }
        header = []
    }
}
