import Engine
import Glibc

/// Reads records of the CRI log format: `TIME STREAM TAG CONTENT`, one a line, where the tag's first field is `P` for
/// a part of a line and `F` for its end (Kubernetes, CRI container log format).
struct CRIRecordParser {
    /// What stands before the content, at most: a time with nanoseconds and numeric offset, stream and tags.
    static let longestHeader = 64

    private var second: [UInt8] = []
    private var secondStart: Int64 = 0

    /// The record in `bytes`, which end before the newline; `nil` when it is none.
    mutating func parse(_ bytes: UnsafeRawBufferPointer) -> LogLine? {
        guard let header = Self.header(bytes), let time = time(bytes[..<header.timeEnd]) else { return nil }
        return LogLine(
            time: time, stream: header.stream, bytes: Array(bytes[header.content...]), isPartial: header.isPartial)
    }

    /// The record's time alone.
    mutating func parseTime(_ bytes: UnsafeRawBufferPointer) -> Timestamp? {
        guard let header = Self.header(bytes) else { return nil }
        return time(bytes[..<header.timeEnd])
    }

    struct Header {
        var timeEnd: Int
        var stream: LogLine.Stream
        var isPartial: Bool
        var content: Int
    }

    /// What `header` answers; at once for records as the monitor writes them, whose time has thirty characters.
    @inline(__always)
    static func quickHeader(_ bytes: UnsafeRawBufferPointer) -> Header? {
        guard bytes.count >= 40, bytes[29] == 0x5a, bytes[30] == 0x20, bytes[37] == 0x20, bytes[39] == 0x20,
            bytes[38] == 0x46 || bytes[38] == 0x50
        else { return header(bytes) }
        let isOutput = bytes[34] == 0x6f && bytes[35] == 0x75 && bytes[36] == 0x74
        guard isOutput || (bytes[34] == 0x65 && bytes[35] == 0x72 && bytes[36] == 0x72) else { return header(bytes) }
        return Header(timeEnd: 30, stream: isOutput ? .stdout : .stderr, isPartial: bytes[38] == 0x50, content: 40)
    }

    /// Where the parts of a record are. `bytes` may hold less than the whole content.
    static func header(_ bytes: UnsafeRawBufferPointer) -> Header? {
        let reach = bytes.prefix(longestHeader)
        guard let timeEnd = reach.firstIndex(of: 0x20), bytes.count > timeEnd + 9 else { return nil }
        // "stdout " and "stderr " are of one length.
        let stream: LogLine.Stream
        switch (bytes[timeEnd + 4], bytes[timeEnd + 5], bytes[timeEnd + 6], bytes[timeEnd + 7]) {
        case (0x6f, 0x75, 0x74, 0x20): stream = .stdout
        case (0x65, 0x72, 0x72, 0x20): stream = .stderr
        default: return nil
        }
        let tag = timeEnd + 8
        guard bytes[tag] == 0x50 || bytes[tag] == 0x46 else { return nil }
        // Further tags may follow after colons; an empty line may end right behind the tag.
        var end = tag + 1
        while end < bytes.count, bytes[end] != 0x20 {
            guard end < timeEnd + longestHeader else { return nil }
            end += 1
        }
        return Header(
            timeEnd: timeEnd, stream: stream, isPartial: bytes[tag] == 0x50, content: min(end + 1, bytes.count))
    }

    /// Lines of one second share all but the fraction, and reading a date is the dearest part of a line.
    private mutating func time(_ bytes: Slice<UnsafeRawBufferPointer>) -> Timestamp? {
        guard bytes.count == 30, bytes[bytes.startIndex + 19] == 0x2e, bytes[bytes.startIndex + 29] == 0x5a else {
            return Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self))
        }
        if !second.elementsEqual(bytes.prefix(19)) {
            let text = String(decoding: bytes.prefix(19), as: UTF8.self) + "Z"
            guard let start = Timestamp(rfc3339: text) else { return nil }
            second = Array(bytes.prefix(19))
            secondStart = start.nanoseconds
        }
        var fraction: Int64 = 0
        for byte in bytes.dropFirst(20).dropLast() {
            guard (0x30...0x39).contains(byte) else { return nil }
            fraction = fraction * 10 + Int64(byte - 0x30)
        }
        return Timestamp(nanoseconds: secondStart &+ fraction)
    }
}
