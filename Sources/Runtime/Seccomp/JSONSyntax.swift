/// Finds where a text stops being JSON (RFC 8259): FoundationEssentials' decoder only says that it is none.
struct JSONSyntax {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Line and column, from 1, of the first wrong byte; `nil` when the text is JSON.
    static func firstError(in text: String) -> (line: Int, column: Int)? {
        var syntax = JSONSyntax(text)
        syntax.skipSpace()
        if syntax.value(depth: 0) {
            syntax.skipSpace()
            if syntax.position == syntax.bytes.count { return nil }
        }
        let before = syntax.bytes.prefix(syntax.position)
        let line = before.count { $0 == 0x0a } + 1
        let column = before.count - ((before.lastIndex(of: 0x0a) ?? -1) + 1) + 1
        return (line, column)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    // A text may nest as deep as it is long; this thread's stack may not.
    private mutating func value(depth: Int) -> Bool {
        guard depth < 256, let byte = current else { return false }
        switch byte {
        case UInt8(ascii: "{"): return members(closing: UInt8(ascii: "}"), named: true, depth: depth)
        case UInt8(ascii: "["): return members(closing: UInt8(ascii: "]"), named: false, depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func members(closing: UInt8, named: Bool, depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take(closing) { return true }
        while true {
            skipSpace()
            if named {
                guard current == UInt8(ascii: "\""), string() else { return false }
                skipSpace()
                guard take(UInt8(ascii: ":")) else { return false }
                skipSpace()
            }
            guard value(depth: depth + 1) else { return false }
            skipSpace()
            if take(closing) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func string() -> Bool {
        position += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return true
            case UInt8(ascii: "\\"): position = min(position + 2, bytes.count)
            case 0..<0x20: return false
            default: position += 1
            }
        }
        return false
    }

    private mutating func number() -> Bool {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains(byte) {
            position += 1
        }
        return position > start
    }

    private mutating func word(_ text: StaticString) -> Bool {
        for byte in text.withUTF8Buffer({ Array($0) }) {
            guard take(byte) else { return false }
        }
        return true
    }
}
