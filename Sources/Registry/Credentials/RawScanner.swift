/// Goes through JSON text (RFC 8259) without making values of it, but checks all of it.
struct RawScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// Deeper nesting than any document of ours has would only use up the stack.
    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // Some editors put a byte order mark in front.
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    }

    /// The members of a document that is an object, or has no content.
    mutating func document() throws(RawFault) -> [RawObject.Member] {
        skipSpace()
        guard next != nil else { return [] }
        var members: [RawObject.Member] = []
        try object(depth: 0) { members.append($0) }
        skipSpace()
        guard next == nil else { throw fault("something follows the document's end") }
        return members
    }

    /// A text that is one string and nothing else.
    mutating func wholeString() throws(RawFault) -> String {
        let text = try string()
        guard next == nil else { throw fault("something follows the string") }
        return text
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ reason: String) -> RawFault {
        let before = bytes[..<min(position, bytes.count)]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return RawFault(place: .init(line: line, column: before.count - start + 1), reason: reason)
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(RawFault) {
        guard take(byte) else {
            throw fault(next == nil ? "the document ends too early" : "expected \(Character(Unicode.Scalar(byte)))")
        }
    }

    private mutating func object(
        depth: Int, _ member: (RawObject.Member) -> Void = { _ in }
    ) throws(RawFault) {
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            let start = position
            try value(depth: depth + 1)
            member(RawObject.Member(key: key, text: Array(bytes[start..<position])))
            skipSpace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func value(depth: Int) throws(RawFault) {
        guard depth < Self.deepest else { throw fault("nested too deeply") }
        switch next {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try list(depth: depth)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): number()
        case nil: throw fault("the document ends too early")
        default: throw fault("expected a value")
        }
    }

    private mutating func list(depth: Int) throws(RawFault) {
        try expect(UInt8(ascii: "["))
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        repeat {
            skipSpace()
            try value(depth: depth + 1)
            skipSpace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
    }

    private mutating func word(_ word: String) throws(RawFault) {
        for byte in word.utf8 where !take(byte) { throw fault("expected \(word)") }
    }

    /// A number's digits are kept as they are, so its inner rules do not matter here.
    private mutating func number() {
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { position += 1 }
    }

    private mutating func string() throws(RawFault) -> String {
        try expect(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
            case 0..<0x20:
                position -= 1
                throw fault("a string may not hold control characters")
            default: text.append(byte)
            }
        }
        throw fault("the document ends within a string")
    }

    private mutating func escaped() throws(RawFault) -> Unicode.Scalar {
        guard let byte = next else { throw fault("the document ends within a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let high = try unit()
            guard (0xd800..<0xdc00).contains(high) else { return Unicode.Scalar(high) ?? "\u{fffd}" }
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { return "\u{fffd}" }
            let low = try unit()
            guard (0xdc00..<0xe000).contains(low) else { return "\u{fffd}" }
            return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
        default:
            position -= 1
            throw fault("there is no such escape")
        }
    }

    private mutating func unit() throws(RawFault) -> UInt32 {
        let end = position + 4
        guard end <= bytes.count, let text = String(validating: bytes[position..<end], as: UTF8.self),
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let value = UInt32(text, radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        position = end
        return value
    }
}
