/// A piece of a container's output: one line, or a part of a long one.
public struct LogLine: Sendable, Hashable {
    /// Which of the container's streams.
    public enum Stream: String, Sendable, Hashable, Codable {
        case stdout, stderr
    }

    /// When it was written.
    public var time: Timestamp
    /// Which stream it came from.
    public var stream: Stream
    /// The raw bytes, without the newline that ends a whole line.
    public var bytes: [UInt8]
    /// The line goes on in the next piece (CRI tag `P`).
    public var isPartial: Bool
    /// Where it begins; `nil` from engines that count no places.
    public var place: LogPlace?

    /// Makes a line.
    public init(
        time: Timestamp, stream: Stream, bytes: [UInt8], isPartial: Bool = false, place: LogPlace? = nil
    ) {
        self.time = time
        self.stream = stream
        self.bytes = bytes
        self.isPartial = isPartial
        self.place = place
    }
}
