import CPCRE2

/// A compiled pattern: Perl's regular expressions by PCRE2 with its just-in-time compiler, or a literal text.
///
/// It may be used by several threads at once. What it searches are bytes: text that is not UTF-8 is searched as well, the
/// bad bytes match nothing.
public final class RegularExpression: Sendable {
    /// What the person wrote.
    public let pattern: String
    /// Letters match whatever their case is.
    public let ignoresCase: Bool
    /// The pattern is a text that stands for itself.
    public let isLiteral: Bool
    /// Lines must be looked at one by one: the pattern asks what stands beside a match, or for the beginning of all.
    let needsSingleLines: Bool
    /// Every match has one of these texts in it, whatever their case where case does not count; none when none are known.
    public let requiredTexts: [[UInt8]]
    /// Letters of `requiredTexts` have cases beyond ASCII (the k of Kelvin, the long s): where such bytes are, the texts are
    /// not all.
    public let hasForeignCases: Bool
    /// What matches in a line matches as well with other words before the line.
    public let isFreeOfPlace: Bool
    /// The text is what is looked for, and nothing else is.
    public var isExactText: Bool { isLiteral && !ignoresCase && requiredTexts.first?.count == pattern.utf8.count }
    /// Compiled code is never changed once it is made.
    nonisolated(unsafe) let code: OpaquePointer

    /// Compiles a pattern.
    public convenience init(_ pattern: String, ignoringCase: Bool = false) throws(PatternError) {
        try self.init(pattern, ignoringCase: ignoringCase, isLiteral: false)
    }

    /// Makes a text to search for; every text is one.
    public convenience init(literal text: String, ignoringCase: Bool = false) throws(PatternError) {
        try self.init(text, ignoringCase: ignoringCase, isLiteral: true)
    }

    private init(_ pattern: String, ignoringCase: Bool, isLiteral: Bool) throws(PatternError) {
        self.pattern = pattern
        self.ignoresCase = ignoringCase
        self.isLiteral = isLiteral
        needsSingleLines = !isLiteral && Self.asksForSurroundings(pattern)
        isFreeOfPlace = isLiteral || (!needsSingleLines && !pattern.utf8.contains(UInt8(ascii: "^")))
        let isForeign = pattern.utf8.contains { $0 >= 0x80 }
        if isLiteral {
            let text = ignoringCase ? RequiredTexts.plain(pattern) : Array(pattern.utf8)
            requiredTexts = text.isEmpty ? [] : [Array(text.prefix(TextFinder.longest))]
        } else {
            requiredTexts = RequiredTexts.best(in: pattern, ignoringCase: ignoringCase)
        }
        hasForeignCases =
            ignoringCase && (!isLiteral || isForeign)
            && requiredTexts.contains { $0.contains { "kKsS".utf8.contains($0) } }
        let bytes = Array(pattern.utf8)
        var options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NO_UTF_CHECK
        if isLiteral {
            // Bytes of UTF-8 stand for themselves, except that letters beyond ASCII have cases, too.
            options = PCRE2_LITERAL
            if ignoringCase, bytes.contains(where: { $0 >= 0x80 }) {
                options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF
            }
        } else {
            options |= PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C
        }
        if ignoringCase { options |= PCRE2_CASELESS }
        var number: Int32 = 0
        var offset = 0
        let compiled = bytes.withUnsafeBufferPointer { bytes in
            pcre2_compile_8(bytes.baseAddress, bytes.count, options, &number, &offset, nil)
        }
        guard let compiled else {
            let position = String(decoding: bytes.prefix(offset), as: UTF8.self).count
            throw PatternError(reason: Self.words(number), position: position)
        }
        // Where the just-in-time compiler may not make code executable, PCRE2's interpreter does the same, slower.
        pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
        code = compiled
    }

    deinit { pcre2_code_free_8(code) }

    /// Whether the text has a match.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
    }

    /// Whether the bytes have a match.
    public func matches(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { matches($0) } }

    /// Whether the bytes have a match. A pattern that tries too much on them has none.
    public func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var matcher = Matcher(self)
        return matcher.firstMatch(in: bytes, from: 0) != nil
    }

    /// All matches, from left to right, without overlaps and without empty ones; at most `limit`. `steps` bounds what a
    /// pattern may try, for those who cannot wait.
    public func ranges(in bytes: [UInt8], limit: Int = 1000, steps: Int = Matcher.steps) -> [Range<Int>] {
        bytes.withUnsafeBytes { bytes in
            var matcher = Matcher(self, steps: steps)
            var found: [Range<Int>] = []
            var start = 0
            while found.count < limit, start <= bytes.count, let range = matcher.firstMatch(in: bytes, from: start) {
                if range.isEmpty {
                    start = range.upperBound + 1
                } else {
                    found.append(range)
                    start = range.upperBound
                }
            }
            return found
        }
    }

    /// Whether the bytes have a match that is found at once.
    public func matchesQuickly(_ bytes: [UInt8]) -> Bool {
        var matcher = Matcher(self, steps: 5000)
        return bytes.withUnsafeBytes { matcher.firstMatch(in: $0, from: 0) != nil }
    }

    /// What the library says about an error's number.
    private static func words(_ number: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        let length = text.withUnsafeMutableBufferPointer {
            pcre2_get_error_message_8(number, $0.baseAddress, $0.count)
        }
        guard length > 0 else { return "the pattern cannot be understood" }
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }

    /// In the midst of a block a lookaround sees the lines beside, `\A` only the block's beginning, and what keeps all that
    /// it has taken takes newlines.
    private static func asksForSurroundings(_ pattern: String) -> Bool {
        let bytes = Array(pattern.utf8)
        for index in bytes.indices.dropLast() {
            let next = bytes[index + 1]
            switch bytes[index] {
            case UInt8(ascii: "\\"): if "AzZGKRX".utf8.contains(next) { return true }
            case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "}"):
                if next == UInt8(ascii: "+") { return true }
            case UInt8(ascii: "("):
                // `(?:`, `(?i)` and names are harmless; verbs, lookarounds and whatever else there is may not be.
                if next == UInt8(ascii: "*") { return true }
                if next == UInt8(ascii: "?"), !isHarmless(bytes[(index + 2)...]) { return true }
            default: break
            }
        }
        return false
    }

    private static func isHarmless(_ kind: ArraySlice<UInt8>) -> Bool {
        let second = kind.dropFirst().first
        switch kind.first {
        case UInt8(ascii: ":"), UInt8(ascii: "P"), UInt8(ascii: "'"): return true
        case UInt8(ascii: "i"): return second == UInt8(ascii: ")") || second == UInt8(ascii: ":")
        case UInt8(ascii: "<"): return second != UInt8(ascii: "=") && second != UInt8(ascii: "!")
        default: return false
        }
    }
}
