/// Reads JSON (RFC 8259) into a document.
struct DocumentReader {
    /// What is wrong with a text, and where.
    struct Failure: Error, Hashable, CustomStringConvertible {
        var offset: Int
        var description: String { words("it is no JSON from byte \(offset) on") }
    }

    /// Deeper than any inspection; a hostile one cannot fill the stack.
    private static let deepest = 128

    private let bytes: [UInt8]
    private var place = 0

    static func read(_ text: String) throws(Failure) -> Document {
        var reader = DocumentReader(bytes: Array(text.utf8))
        let document = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.place == reader.bytes.count else { throw Failure(offset: reader.place) }
        return document
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> Document {
        skipBlanks()
        guard depth < Self.deepest, let byte = next else { throw Failure(offset: place) }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        if take(word: "true") { return .bool(true) }
        if take(word: "false") { return .bool(false) }
        if take(word: "null") { return .null }
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard Double(text) != nil else { throw Failure(offset: start) }
        return .number(text)
    }

    private mutating func object(depth: Int) throws(Failure) -> Document {
        place += 1
        var members: [Document.Member] = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw Failure(offset: place) }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw Failure(offset: place) }
            members.append(Document.Member(key: key, value: try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw Failure(offset: place) }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Failure) -> Document {
        place += 1
        var values: [Document] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat { values.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw Failure(offset: place) }
        return .array(values)
    }

    private mutating func string() throws(Failure) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape().utf8
            default: text.append(byte)
            }
        }
        throw Failure(offset: place)
    }

    private mutating func escape() throws(Failure) -> String {
        guard let byte = next else { throw Failure(offset: place) }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            // The first half of a character beyond the first 65,536.
            if (0xD800..<0xDC00).contains(unit), bytes[place...].starts(with: "\\u".utf8) {
                place += 2
                let low = try hexadecimal()
                return String(decoding: [UInt16(unit), UInt16(low)], as: UTF16.self)
            }
            return String(decoding: [UInt16(unit)], as: UTF16.self)
        default: throw Failure(offset: place - 1)
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        guard place + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw Failure(offset: place) }
        place += 4
        return unit
    }
}
