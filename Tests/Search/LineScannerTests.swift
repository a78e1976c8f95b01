import Search
import Testing

struct LineScannerTests {
    private func lines(_ pattern: String, in text: String) throws -> [String] {
        var scanner = LineScanner(try RegularExpression(pattern))
        let bytes = Array(text.utf8)
        var found: [String] = []
        let isWhole = bytes.withUnsafeBytes { bytes in
            scanner.scan(bytes, isCancelled: { false }) { range in
                found.append(String(decoding: bytes[range], as: UTF8.self))
                return true
            }
        }
        #expect(isWhole)
        return found
    }

    @Test(arguments: [
        ("b", ["abc", "xb"]), ("^x", ["xb"]), ("c$", ["abc", "cc"]), ("a[^z]*x", []), ("c\\s+x", []), ("\\Ac", ["cc"]),
        ("(?<=c)c", ["cc"]), ("^$", [""]), ("x*", ["abc", "", "xb", "cc"]), ("c[^q]*", ["abc", "cc"]), ("(?s)a.*x", []),
    ])
    func matchesWithinLinesOnly(pattern: String, expected: [String]) throws {
        #expect(try lines(pattern, in: "abc\n\nxb\ncc\n") == expected)
    }

    @Test func findsEachLineOnceInALongText() throws {
        let text = (0..<60_000).map { "line \($0) 7" }.joined(separator: "\n") + "\n"
        #expect(try lines("7", in: text).count == 60_000)
        #expect(try lines(" 59[0-9]{3} ", in: text).count == 1000)
    }

    /// It would take years if it were let.
    @Test func aHostilePatternPassesOverTheLinesItIsTooSlowFor() throws {
        var scanner = LineScanner(try RegularExpression("^(a|aa)+$"))
        let text = Array((String(repeating: "a", count: 5000) + "b\naa\n").utf8)
        var found: [Range<Int>] = []
        text.withUnsafeBytes { bytes in
            _ = scanner.scan(bytes, isCancelled: { false }) {
                found.append($0); return true
            }
        }
        #expect(found == [5002..<5004])
        #expect(scanner.exhaustedLines == 1)
    }

    @Test func stopsWhenCancelled() throws {
        var scanner = LineScanner(try RegularExpression("a"))
        let text = Array(String(repeating: "a\n", count: 100_000).utf8)
        var count = 0
        let isWhole = text.withUnsafeBytes { bytes in
            scanner.scan(bytes, isCancelled: { count > 0 }) { _ in
                count += 1; return true
            }
        }
        #expect(!isWhole)
        #expect(count < 50_000)
    }

    @Test(arguments: [
        ("error", ["error"]), ("took=\\d+ms", ["took="]), ("\\w+Exception: .*", ["Exception: "]), ("a|error", []),
        ("colou?r is", ["colo"]), ("(foo)?barbaz", ["barbaz"]), ("(?i)error", []), ("x{2}yz", ["yz"]),
        ("[abc]tail", ["tail"]), ("\\[error\\]", ["[error]"]), ("ab\\Qc", []), ("über*all", ["übe"]), ("a.b", []),
        ("[[:alpha:]]xy", ["xy"]), ("(a(?-i)b)cd", []), ("xyé?", ["xy"]), ("ERROR|panic", ["ERROR", "panic"]),
        ("(?:fatal|oops): [0-9]", ["fatal", "oops"]), ("(get|put)? status", [" status"]), ("(ab|cd)+e", ["ab", "cd"]),
        ("a{b", []), ("(ab|)cde", ["cde"]), ("ab)", []), ("aa|bb|cc|dd|ee|ff|gg|hh|ii", []), ("(ab){0,2}cd", ["cd"]),
        ("x(yz", []), ("(?=ab)cd", []),
    ])
    func knowsTextsOfWhichEveryMatchHasOne(pattern: String, expected: [String]) throws {
        guard let expression = try? RegularExpression(pattern) else { return #expect(expected.isEmpty) }
        #expect(expression.requiredTexts.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test func escapeSequencesAreLeftOut() {
        let bytes = Array("a\u{1b}[1;31mb\u{1b}]0;title\u{7}c\u{1b}(d\u{1b}]x\u{1b}\\e\u{1b}".utf8)
        #expect(EscapeSequences.plain(bytes) == Array("abcde".utf8))
    }

    @Test(arguments: [
        ("err", "err", false, true), ("Err", "Err", false, false), ("~e.r", "e.r", true, true),
        ("re:\\D+", "\\D+", true, true),
        ("~~x", "~x", false, true), ("~E", "E", true, false),
    ])
    func readsWhatWasTyped(typed: String, text: String, isExpression: Bool, ignoresCase: Bool) {
        let pattern = SearchPattern(typed)
        #expect(pattern.text == text)
        #expect(pattern.isExpression == isExpression)
        #expect(pattern.ignoresCase == ignoresCase)
    }
}
