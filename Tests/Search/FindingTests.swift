import Search
import Testing

/// What makes searching fast against what is plainly right: PCRE2 asked line by line.
struct FindingTests {
    /// Numbers that follow from a seed alone (SplitMix64).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }
    }

    /// Patterns out of pieces, of which some are none.
    private static func pattern(_ dice: inout Dice, depth: Int = 0) -> String {
        let atoms = [
            "a", "b", "ab", "ba", "ks", "k", "s", "é", "ß", ".", "\\d", "\\w", "[ab]", "[^a]", "[^\\n]", "\\b", "\\B",
            "^", "$",
            "1", " ", "\\.", "\\s", "error", "(?i)b", "\\A", "\\K", "(?=a)", "(?<!b)", "[[:alpha:]]", "x{2}", "{",
            "\\R",
        ]
        let quantifiers = ["", "", "", "", "?", "*", "+", "{0,2}", "{1,}", "*?", "+?", "*+", "++"]
        var text = ""
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
            if depth < 2, Int.random(in: 0..<4, using: &dice) == 0 {
                let open = dice.pick(["(", "(?:", "(?:", "(?>", "(?i:", "(?<n>"])
                text += open + pattern(&dice, depth: depth + 1) + ")"
            } else {
                text += dice.pick(atoms)
            }
            text += dice.pick(quantifiers)
            if Int.random(in: 0..<6, using: &dice) == 0 { text += "|" }
        }
        return text
    }

    /// Beside bytes that are no text, PCRE2 answers `\b` by what lies further on.
    private static func asksForWords(_ pattern: String) -> Bool { pattern.contains("\\b") || pattern.contains("\\B") }

    private static func text(_ dice: inout Dice, hasBadBytes: Bool = true) -> [UInt8] {
        let pieces: [[UInt8]] = [
            "a", "b", "A", "B", "ab", "ba", "k", "S", "é", "É", "ß", "\u{212a}", "\u{17f}", "1", "23", " ", ".", "\r",
            "error",
            "ERROR", "xx", "\n", "\n", "\n\n", "{", "abababababababababababababababababababab",
        ].map { Array($0.utf8) }
        return (0..<Int.random(in: 0..<120, using: &dice)).flatMap { _ in
            hasBadBytes && Int.random(in: 0..<30, using: &dice) == 0
                ? [UInt8.random(in: 0x80...0xff, using: &dice)] : dice.pick(pieces)
        }
    }

    private static func lines(_ text: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: 0x0a) ?? text.count
            lines.append(start..<end)
            start = end + 1
        }
        return lines
    }

    @Test(arguments: 0..<40)
    func blocksHaveTheLinesThatAreFoundOneByOne(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        for _ in 0..<150 {
            let pattern = Self.pattern(&dice)
            let ignoresCase = Bool.random(using: &dice)
            guard let expression = try? RegularExpression(pattern, ignoringCase: ignoresCase) else { continue }
            let text = Self.text(&dice, hasBadBytes: !Self.asksForWords(pattern))
            let expected = Self.lines(text).filter { expression.matches(Array(text[$0])) }
            var scanner = LineScanner(expression)
            var found: [Range<Int>] = []
            _ = text.withUnsafeBytes {
                scanner.scan($0, isCancelled: { false }) {
                    found.append($0); return true
                }
            }
            #expect(
                found == expected,
                "\(pattern) \(ignoresCase) in \(String(decoding: text, as: UTF8.self).debugDescription)")
        }
    }

    @Test(arguments: 0..<40)
    func everyMatchHasOneOfItsRequiredTexts(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 1000)
        for _ in 0..<150 {
            let pattern = Self.pattern(&dice)
            let ignoresCase = Bool.random(using: &dice)
            let isLiteral = Int.random(in: 0..<5, using: &dice) == 0
            let made =
                isLiteral
                ? try? RegularExpression(literal: pattern, ignoringCase: ignoresCase)
                : try? RegularExpression(pattern, ignoringCase: ignoresCase)
            guard let expression = made, let finder = TextFinder(expression.requiredTexts, ignoringCase: ignoresCase)
            else {
                continue
            }
            let text = Self.text(&dice)
            for line in Self.lines(text) {
                let line = Array(text[line])
                let hasForeign = String(decoding: line, as: UTF8.self).unicodeScalars.contains {
                    "\u{17f}\u{212a}".unicodeScalars.contains($0)
                }
                if expression.hasForeignCases, hasForeign { continue }
                guard expression.matches(line) else { continue }
                #expect(line.withUnsafeBytes { finder.first(in: $0, from: 0) } != nil, "\(pattern) \(line)")
            }
        }
    }

    @Test(arguments: 0..<40)
    func aLineMatchesWithOtherWordsBeforeItWhereThatIsSaid(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 2000)
        let header = Array("2026-11-30T21:00:00.000000000Z stdout F ".utf8)
        for _ in 0..<150 {
            let pattern = Self.pattern(&dice)
            guard let expression = try? RegularExpression(pattern), expression.isFreeOfPlace else { continue }
            let text = Self.text(&dice, hasBadBytes: !Self.asksForWords(pattern)).filter { $0 != 0x0d }
            for line in Self.lines(text) where expression.matches(Array(text[line])) {
                var matcher = Matcher(expression)
                let match = (header + text[line]).withUnsafeBytes { matcher.firstMatch(in: $0, from: 0) }
                // A pattern may be given up on what is longer.
                #expect(match != nil || matcher.exhausted > 0, "\(pattern) \(Array(text[line]))")
            }
        }
    }

    @Test(arguments: 0..<30)
    func theFinderFindsWhatOneFindsByteByByte(seed: Int) {
        var dice = Dice(state: UInt64(seed) &+ 3000)
        for _ in 0..<100 {
            let text = Self.text(&dice)
            let wanted = (0..<Int.random(in: 1...8, using: &dice)).map { _ in
                let start = Int.random(in: 0...max(0, text.count - 1), using: &dice)
                let part = Array(text.dropFirst(start).prefix(Int.random(in: 1...32, using: &dice)))
                return part.isEmpty ? [0x61] : part
            }
            let ignoresCase = Bool.random(using: &dice)
            func folded(_ bytes: [UInt8]) -> [UInt8] {
                ignoresCase ? bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } : bytes
            }
            let (plain, texts) = (folded(text), wanted.map(folded))
            let start = Int.random(in: 0...text.count, using: &dice)
            let expected = (start..<text.count).first { place in texts.contains { plain[place...].starts(with: $0) } }
            let finder = TextFinder(wanted, ignoringCase: ignoresCase)
            #expect(text.withUnsafeBytes { finder?.first(in: $0, from: start) } == expected)
        }
    }

    @Test func thereIsNoFinderForNothingOrTooMuch() {
        #expect(TextFinder([], ignoringCase: false) == nil)
        #expect(TextFinder([[]], ignoringCase: false) == nil)
        #expect(TextFinder(Array(repeating: [0x61], count: 9), ignoringCase: false) == nil)
    }

    @Test(arguments: [
        ("a", false, false), ("é", true, false), ("a\r", false, true), ("é\r", true, true), ("", false, false),
    ])
    func aSurveyTellsWhatIsThere(text: String, beyond: Bool, returns: Bool) {
        for length in [0, 7, 16, 40] {
            let bytes = Array(repeating: 0x78, count: length) + Array(text.utf8) + Array(repeating: 0x78, count: length)
            let survey = bytes.withUnsafeBytes { ByteSurvey($0) }
            #expect(survey.contains(.beyondASCII) == beyond)
            #expect(survey.contains(.returns) == returns)
        }
    }
}
