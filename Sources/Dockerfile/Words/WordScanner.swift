/// Reads a text with quotes, escapes and variables, byte by byte, once.
struct WordScanner {
    /// What is kept as it is.
    struct Keeping: OptionSet {
        let rawValue: Int
        /// Quotes stay in the result.
        static let quotes = Keeping(rawValue: 1)
        /// Escape characters stay in the result.
        static let escapes = Keeping(rawValue: 2)
        /// Quotes mean nothing.
        static let plainQuotes = Keeping(rawValue: 4)
        /// `<<` and the blanks behind it belong to the word that follows.
        static let marks = Keeping(rawValue: 16)
        /// Variables that are not set stay as they are written.
        static let unset = Keeping(rawValue: 8)
    }

    typealias Lookup = (String) -> String?

    /// Words nested in words, as in `${a:-${b:-c}}`: more than anybody writes, and few enough for any stack.
    private static let depthLimit = 60

    private let bytes: [UInt8]
    private let escape: UInt8
    private let keeping: Keeping
    private var keepsEscapes: Bool
    private var position = 0
    private var depth = 0

    init(_ text: some Sequence<UInt8>, escape: UInt8, keeping: Keeping = []) {
        bytes = Array(text)
        self.escape = escape
        self.keeping = keeping
        keepsEscapes = keeping.contains(.escapes)
    }

    /// Reads all of it.
    mutating func scan(_ lookup: Lookup) throws(WordError) -> (text: [UInt8], words: [String]) {
        var words = WordSplitter()
        let text = try scan(until: nil, words: &words, lookup)
        return (text, words.finish())
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    private mutating func scan(
        until stop: UInt8?, words: inout WordSplitter, _ lookup: Lookup
    ) throws(WordError) -> [UInt8] {
        var result: [UInt8] = []
        while let byte = peek {
            if byte == stop {
                position += 1
                return result
            }
            switch byte {
            case .singleQuote where !keeping.contains(.plainQuotes):
                let part = try singleQuoted()
                result += part
                words.addRaw(part)
            case .doubleQuote where !keeping.contains(.plainQuotes):
                let part = try doubleQuoted(lookup)
                result += part
                words.addRaw(part)
            case .dollar:
                let part = try dollar(lookup)
                result += part
                words.add(part)
            case .less where keeping.contains(.marks):
                let part = mark()
                result += part
                words.addRaw(part)
            case escape:
                position += 1
                if keepsEscapes {
                    result.append(byte)
                    words.addRaw([byte])
                }
                guard let escaped = next() else { continue }
                result.append(escaped)
                words.addRaw([escaped])
            default:
                position += 1
                result.append(byte)
                words.add(byte)
            }
        }
        guard let stop else { return result }
        throw WordError("\([stop].text) is missing")
    }

    /// `<`, or `<<` and blanks.
    private mutating func mark() -> ArraySlice<UInt8> {
        let start = position
        position += 1
        guard peek == .less else { return bytes[start..<position] }
        position += 1
        while let byte = peek, byte.isBlank { position += 1 }
        return bytes[start..<position]
    }

    private mutating func singleQuoted() throws(WordError) -> ArraySlice<UInt8> {
        let start = position
        position += 1
        while let byte = next() {
            if byte == .singleQuote {
                return keeping.contains(.quotes) ? bytes[start..<position] : bytes[(start + 1)..<(position - 1)]
            }
        }
        throw WordError("the closing single quote is missing")
    }

    private mutating func doubleQuoted(_ lookup: Lookup) throws(WordError) -> [UInt8] {
        var result: [UInt8] = []
        position += 1
        if keeping.contains(.quotes) { result.append(.doubleQuote) }
        while let byte = peek {
            switch byte {
            case .doubleQuote:
                position += 1
                if keeping.contains(.quotes) { result.append(byte) }
                return result
            case .dollar: result += try dollar(lookup)
            case escape:
                position += 1
                if keepsEscapes { result.append(byte) }
                guard let escaped = peek else { continue }
                // Within quotes only these can be escaped; before others the escape character stands for itself.
                if escaped == .doubleQuote || escaped == .dollar || escaped == escape {
                    position += 1
                    result.append(escaped)
                } else {
                    result.append(byte)
                }
            default:
                position += 1
                result.append(byte)
            }
        }
        throw WordError("the closing double quote is missing")
    }

    // MARK: - Variables

    private mutating func dollar(_ lookup: Lookup) throws(WordError) -> [UInt8] {
        let start = position
        position += 1
        guard peek == .openBrace else {
            let name = variableName()
            guard !name.isEmpty else { return [.dollar] }
            return value(name, from: start, lookup)
        }
        position += 1
        switch peek {
        case nil: throw WordError("} is missing")
        case .openBrace, .closeBrace, .colon:
            throw WordError("${ must be followed by the name of a variable")
        default: break
        }
        let name = variableName()
        guard let sign = next() else { throw WordError("} is missing") }
        if sign == .closeBrace { return value(name, from: start, lookup) }
        guard depth < Self.depthLimit else { throw WordError("variables are nested too deeply") }
        depth += 1
        defer { depth -= 1 }
        return try substitution(name, sign, from: start, lookup)
    }

    private func value(_ name: String, from start: Int, _ lookup: Lookup) -> [UInt8] {
        if let value = lookup(name) { return Array(value.utf8) }
        return keeping.contains(.unset) ? Array(bytes[start..<position]) : []
    }

    private mutating func substitution(
        _ name: String, _ sign: UInt8, from start: Int, _ lookup: Lookup
    ) throws(WordError) -> [UInt8] {
        var sign = sign
        let emptyIsUnset = sign == .colon
        if emptyIsUnset {
            guard let second = next() else { throw WordError("} is missing") }
            sign = second
        }
        switch sign {
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            let word = try part(until: .closeBrace, keepsEscapes: false, lookup)
            return try choose(name, sign, word, emptyIsUnset: emptyIsUnset, from: start, lookup)
        case UInt8(ascii: "#"), UInt8(ascii: "%"):
            var pattern = try part(until: .closeBrace, keepsEscapes: true, lookup)[...]
            guard let value = lookup(name) else { return self.value(name, from: start, lookup) }
            let isLongest = pattern.first == sign
            if isLongest { pattern = pattern.dropFirst() }
            let shellPattern = try ShellPattern(pattern)
            return sign == UInt8(ascii: "#")
                ? shellPattern.withoutPrefix(value, longest: isLongest)
                : shellPattern.withoutSuffix(value, longest: isLongest)
        case .slash where !emptyIsUnset:
            let isEvery = peek == .slash
            if isEvery { position += 1 }
            let pattern = try part(until: .slash, keepsEscapes: true, lookup)
            let replacement = try part(until: .closeBrace, keepsEscapes: true, lookup)
            guard let value = lookup(name) else { return self.value(name, from: start, lookup) }
            return try ShellPattern(pattern[...]).replaced(in: value, by: replacement, every: isEvery)
        default:
            let shown = (emptyIsUnset ? ":" : "") + String(UnicodeScalar(sign < 0x80 ? sign : 0x3F))
            throw WordError("the modifier \(quoted(shown)) of a variable is not known")
        }
    }

    private func choose(
        _ name: String, _ sign: UInt8, _ word: [UInt8], emptyIsUnset: Bool, from start: Int, _ lookup: Lookup
    ) throws(WordError) -> [UInt8] {
        let value = lookup(name)
        if value == nil, keeping.contains(.unset) { return Array(bytes[start..<position]) }
        let counts = value.map { !(emptyIsUnset && $0.isEmpty) } ?? false
        switch sign {
        case UInt8(ascii: "-"): return counts ? Array((value ?? "").utf8) : word
        case UInt8(ascii: "+"): return counts ? word : []
        default:
            guard counts else {
                let reason = value == nil ? "is not allowed to be unset" : "is not allowed to be empty"
                throw WordError("\(name): \(word.isEmpty ? reason : word.text)")
            }
            return Array((value ?? "").utf8)
        }
    }

    /// A word within braces.
    private mutating func part(
        until stop: UInt8, keepsEscapes: Bool, _ lookup: Lookup
    ) throws(WordError) -> [UInt8] {
        let outer = self.keepsEscapes
        self.keepsEscapes = keepsEscapes
        defer { self.keepsEscapes = outer }
        var words = WordSplitter()
        return try scan(until: stop, words: &words, lookup)
    }

    /// Letters, digits and `_`; digits alone when it begins with one; or one of the shell's special characters.
    private mutating func variableName() -> String {
        let start = position
        if let first = peek {
            if first.isDigit {
                while let byte = peek, byte.isDigit { position += 1 }
                return bytes[start..<position].text
            }
            if "@*#?-$!".utf8.contains(first) {
                position += 1
                return bytes[start..<position].text
            }
        }
        while let byte = peek {
            if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") {
                position += 1
            } else if byte >= 0x80, let length = letterLength() {
                position += length
            } else {
                break
            }
        }
        return bytes[start..<position].text
    }

    /// How many bytes the letter beyond ASCII has that comes next; `nil` when none does.
    private func letterLength() -> Int? {
        var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.properties.isAlphabetic else {
            return nil
        }
        return UTF8.width(scalar)
    }
}
