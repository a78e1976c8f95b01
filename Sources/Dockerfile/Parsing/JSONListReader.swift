/// Reads a JSON list of strings, as strictly as Go's encoding/json: what is not quite JSON is a shell's command.
struct JSONListReader {
    enum Outcome {
        case strings([String])
        /// JSON, but not strings alone.
        case otherValues
        case noList
    }

    /// Deeper values are taken for no JSON.
    private static let depthLimit = 200

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func read() -> Outcome {
        guard take(.openBracket) else { return .noList }
        var strings: [String] = []
        var hasOthers = false
        skipBlanks()
        if !take(.closeBracket) {
            repeat {
                skipBlanks()
                if rest.first == .doubleQuote {
                    guard let string = string() else { return .noList }
                    strings.append(string)
                } else {
                    guard value(depth: 1) else { return .noList }
                    hasOthers = true
                }
                skipBlanks()
            } while take(.comma)
            guard take(.closeBracket) else { return .noList }
        }
        skipBlanks()
        guard rest.isEmpty else { return .noList }
        return hasOthers ? .otherValues : .strings(strings)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipBlanks() {
        rest = rest.drop { $0 == .space || $0 == .tab || $0 == .newline || $0 == .carriageReturn }
    }

    private mutating func string() -> String? {
        guard take(.doubleQuote) else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case .doubleQuote: return bytes.text
            case .backslash:
                guard let escaped = escape() else { return nil }
                bytes += escaped
            case ..<0x20: return nil
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> [UInt8]? {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): return [.doubleQuote]
        case UInt8(ascii: "\\"): return [.backslash]
        case UInt8(ascii: "/"): return [.slash]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [.newline]
        case UInt8(ascii: "r"): return [.carriageReturn]
        case UInt8(ascii: "t"): return [.tab]
        case UInt8(ascii: "u"):
            guard let unit = codeUnit() else { return nil }
            var units = [unit]
            if UTF16.isLeadSurrogate(unit), rest.starts(with: Array("\\u".utf8)) {
                let before = rest
                rest = rest.dropFirst(2)
                if let second = codeUnit(), UTF16.isTrailSurrogate(second) {
                    units.append(second)
                } else {
                    rest = before
                }
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        default: return nil
        }
    }

    private mutating func codeUnit() -> UInt16? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isDigit || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 })
        else { return nil }
        rest = rest.dropFirst(4)
        return UInt16(digits.text, radix: 16)
    }

    /// Any value; what it is does not matter.
    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.depthLimit else { return false }
        switch rest.first {
        case .doubleQuote: return string() != nil
        case .openBracket:
            return members(until: .closeBracket) { reader in reader.value(depth: depth + 1) }
        case .openBrace:
            return members(until: .closeBrace) { reader in
                guard reader.string() != nil else { return false }
                reader.skipBlanks()
                guard reader.take(.colon) else { return false }
                reader.skipBlanks()
                return reader.value(depth: depth + 1)
            }
        default: return word()
        }
    }

    private mutating func members(until end: UInt8, _ member: (inout JSONListReader) -> Bool) -> Bool {
        rest = rest.dropFirst()
        skipBlanks()
        if take(end) { return true }
        repeat {
            skipBlanks()
            guard member(&self) else { return false }
            skipBlanks()
        } while take(.comma)
        return take(end)
    }

    /// `true`, `false`, `null` or a number.
    private mutating func word() -> Bool {
        let text = rest.prefix { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
        rest = rest[text.endIndex...]
        if ["true", "false", "null"].contains(text.text) { return true }
        return Self.isNumber(text)
    }

    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if rest.first == .dash { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDigit }
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        rest = rest[whole.endIndex...]
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { $0.isDigit }
            guard !fraction.isEmpty else { return false }
            rest = rest[fraction.endIndex...]
        }
        if let first = rest.first, first | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
            let exponent = rest.prefix { $0.isDigit }
            guard !exponent.isEmpty else { return false }
            rest = rest[exponent.endIndex...]
        }
        return rest.isEmpty
    }
}
