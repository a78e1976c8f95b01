/// Reads an answer of HTTP/1.1 from bytes as they come (RFC 9112), up to where it ends or becomes a channel.
///
/// A library's decoder would do for answers; engines turn connections into channels of bytes in the middle of a reading, and
/// what has already been taken then has to be had back. Pure: bytes in, pieces out, nothing is kept but an unfinished line.
struct AnswerParser: Sendable {
    /// What was read.
    enum Item: Equatable, Sendable {
        case head(status: Int, [HTTPHeaders.Field])
        case piece([UInt8])
        /// The answer is complete; the connection can be used again or not.
        case end(reusable: Bool)
    }

    /// What is no answer, and why.
    struct Malformed: Error, Equatable {
        var reason: String
    }

    private enum Phase {
        case head
        /// So many bytes are still to come.
        case sized(Int)
        case untilClosed
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailers
        case channel
        case over
    }

    static let longestHead = 256 << 10
    static let longestLine = 64 << 10

    private var phase = Phase.head
    private var line: [UInt8] = []
    private var status = 0
    private var fields: [HTTPHeaders.Field] = []
    private var headBytes = 0
    private var keepsOpen = true
    private let isHeadOnly: Bool
    private let wantsChannel: Bool

    /// - Parameters:
    ///   - isHeadOnly: the request was a HEAD: no body follows whatever the head says.
    ///   - wantsChannel: the request asked for a channel, and gets it with a 101, or with a 200 from older engines.
    init(isHeadOnly: Bool = false, wantsChannel: Bool = false) {
        self.isHeadOnly = isHeadOnly
        self.wantsChannel = wantsChannel
    }

    /// The answer is complete.
    var isOver: Bool { if case .over = phase { true } else { false } }
    /// What comes belongs to a channel.
    var isChannel: Bool { if case .channel = phase { true } else { false } }

    /// Takes bytes; answers what they mean. Bytes behind the end of an answer are an error: nobody has asked for them.
    mutating func take(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> [Item] {
        var items: [Item] = []
        var rest = bytes
        while !rest.isEmpty {
            switch phase {
            case .head, .chunkSize, .trailers, .chunkEnd:
                guard let full = try takeLine(&rest) else { break }
                try read(full, &items)
            case .sized(let count):
                let part = rest.prefix(count)
                items.append(.piece(Array(part)))
                rest = rest.dropFirst(part.count)
                if part.count == count { finish(&items) } else { phase = .sized(count - part.count) }
            case .chunk(let count):
                let part = rest.prefix(count)
                items.append(.piece(Array(part)))
                rest = rest.dropFirst(part.count)
                phase = part.count == count ? .chunkEnd : .chunk(count - part.count)
            case .untilClosed, .channel:
                items.append(.piece(Array(rest)))
                rest = []
            case .over: throw Malformed(reason: "it sends more than it was asked for")
            }
        }
        return items
    }

    /// The other side has closed. `nil`: before the answer was complete.
    mutating func close() -> Item? {
        switch phase {
        case .untilClosed, .channel:
            phase = .over
            return .end(reusable: false)
        default: return nil
        }
    }

    // MARK: - Lines

    private mutating func takeLine(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> [UInt8]? {
        let end = rest.firstIndex(of: 0x0a)
        line += rest[rest.startIndex..<(end ?? rest.endIndex)]
        rest = end.map { rest[($0 + 1)...] } ?? []
        guard line.count <= Self.longestLine else { throw Malformed(reason: "a line has more than 64 KiB") }
        guard end != nil else { return nil }
        defer { line = [] }
        if line.last == 0x0d { line.removeLast() }
        return line
    }

    private mutating func read(_ line: [UInt8], _ items: inout [Item]) throws(Malformed) {
        switch phase {
        case .head: try readHead(line, &items)
        case .chunkSize:
            let digits = line.prefix { $0 != 0x3b && $0 != 0x20 && $0 != 0x09 }
            guard !digits.isEmpty, digits.count < 16,
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                size >= 0
            else { throw Malformed(reason: "a chunk's size is no number") }
            phase = size == 0 ? .trailers : .chunk(size)
        case .chunkEnd:
            guard line.isEmpty else { throw Malformed(reason: "a chunk is longer than it says") }
            phase = .chunkSize
        case .trailers:
            headBytes += line.count
            guard headBytes <= Self.longestHead else { throw Malformed(reason: "its trailers do not end") }
            if line.isEmpty { finish(&items) }
        default: break
        }
    }

    private mutating func readHead(_ line: [UInt8], _ items: inout [Item]) throws(Malformed) {
        headBytes += line.count
        guard headBytes <= Self.longestHead else { throw Malformed(reason: "its head does not end") }
        if status == 0 { return try readStatus(line) }
        guard line.isEmpty else {
            guard let colon = line.firstIndex(of: 0x3a), colon > line.startIndex else {
                throw Malformed(reason: "a header field has no colon")
            }
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            fields.append(
                HTTPHeaders.Field(
                    name: String(decoding: line[..<colon], as: UTF8.self),
                    value: String(
                        value.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())))
            return
        }
        // What is told on the way to the answer (100 Continue, 103) is not the answer.
        if status < 200, status != 101 {
            (status, fields) = (0, [])
            return
        }
        try begin(&items)
    }

    private mutating func readStatus(_ line: [UInt8]) throws(Malformed) {
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].starts(with: Array("HTTP/1.".utf8)), words[1].count == 3,
            let number = Int(String(decoding: words[1], as: UTF8.self)), (100..<600).contains(number)
        else {
            let begin = String(decoding: line.prefix(40), as: UTF8.self).filter { !$0.isNewline && $0 != "\u{1b}" }
            throw Malformed(reason: "it begins with \"\(begin)\"")
        }
        status = number
        keepsOpen = words[0].last == 0x31
    }

    // MARK: - The body

    private mutating func begin(_ items: inout [Item]) throws(Malformed) {
        items.append(.head(status: status, fields))
        let connection = value("connection").lowercased()
        if connection.contains("close") { keepsOpen = false }
        if wantsChannel, status == 101 || (status == 200 && value("content-type").hasPrefix("application/vnd.docker."))
        {
            phase = .channel
        } else if status == 101 {
            throw Malformed(reason: "it changes to a protocol that nobody asked for")
        } else if isHeadOnly || status == 204 || status == 304 {
            finish(&items)
        } else if value("transfer-encoding").lowercased().contains("chunked") {
            phase = .chunkSize
        } else if let length = fields.first(where: { $0.name.lowercased() == "content-length" })?.value {
            guard let count = Int(length), count >= 0 else { throw Malformed(reason: "its length is \"\(length)\"") }
            if count == 0 { finish(&items) } else { phase = .sized(count) }
        } else {
            phase = .untilClosed
        }
        headBytes = 0
    }

    private func value(_ name: String) -> String { fields.first { $0.name.lowercased() == name }?.value ?? "" }

    private mutating func finish(_ items: inout [Item]) {
        phase = .over
        items.append(.end(reusable: keepsOpen))
    }
}
