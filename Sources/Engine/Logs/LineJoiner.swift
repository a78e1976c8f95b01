/// Makes whole lines of a log's pieces.
public struct LineJoiner: Sendable {
    /// A line longer than this goes on in the next one, so that one endless line cannot fill memory.
    public static let longestLine = 64 << 10

    private var open: LogLine?

    /// Makes a joiner.
    public init() {}

    /// Takes a piece; answers the line that is whole with it, or that it shows to have ended.
    public mutating func take(_ piece: LogLine) -> [LogLine] {
        var whole: [LogLine] = []
        if var line = open {
            if line.stream == piece.stream, line.bytes.count < Self.longestLine {
                line.bytes += piece.bytes
                line.isPartial = piece.isPartial
                open = line
            } else {
                whole.append(line)
                open = piece
            }
        } else {
            open = piece
        }
        if let line = open, !line.isPartial {
            whole.append(line)
            open = nil
        }
        return whole
    }

    /// The line whose end has not come.
    public mutating func rest() -> LogLine? {
        defer { open = nil }
        return open
    }
}
