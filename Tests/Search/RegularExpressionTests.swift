import Search
import Testing

struct RegularExpressionTests {
    @Test(arguments: [
        ("err.r", "an error", true), ("^start", "a start", false), ("^start", "start", true), ("end$", "the end", true),
        ("[0-9]{3}", "a404b", true), ("x|y", "z", false), ("", "anything", true), ("", "", true),
        ("caf.$", "café", true),
        ("\\bid=\\w+", "the id=4f", true), ("a(?!b)", "ab", false), ("(?i)ERR", "an error", true),
    ])
    func matchesLikePerl(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == expected)
    }

    @Test(arguments: [("Error", "ERROR", true), ("über", "ÜBER", true), ("a.c", "ABC", true)])
    func ignoresCaseWhenAsked(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern, ignoringCase: true).matches(text) == expected)
        #expect(try RegularExpression(pattern).matches(text) != expected)
    }

    @Test(arguments: [("(a", 2), ("a)", 1), ("[z", 2), ("ü+(", 3), ("*", 0), ("\\", 1), ("x{2,1}", 5)])
    func aBadPatternTellsWhere(pattern: String, position: Int) {
        let error = #expect(throws: PatternError.self) { try RegularExpression(pattern) }
        #expect(error?.position == position)
        #expect(error?.reason.isEmpty == false)
        #expect(error?.description.hasSuffix("at character \(position + 1)") == true)
    }

    @Test func aLiteralStandsForItself() throws {
        let literal = try RegularExpression(literal: "a.*[b]\\E")
        #expect(literal.matches("xa.*[b]\\Ey"))
        #expect(!literal.matches("a..[b]\\E"))
        #expect(try RegularExpression(literal: "ÉT", ignoringCase: true).matches("été"))
    }

    @Test func bytesThatAreNoTextAreSearchedToo() throws {
        let bytes: [UInt8] = [0xff, 0xfe, 0x61, 0x62, 0xc3, 0x28, 0x63, 0x00, 0x64]
        #expect(try RegularExpression("ab").matches(bytes))
        #expect(try RegularExpression("c.d").matches(bytes))
        #expect(try RegularExpression(literal: "c\0d").matches(bytes))
        #expect(try !RegularExpression("b.c").matches(bytes))
    }

    @Test func findsAllPlaces() throws {
        #expect(try RegularExpression("a+").ranges(in: Array("a baab".utf8)) == [0..<1, 3..<5])
        #expect(try RegularExpression("x*").ranges(in: Array("axxb".utf8)) == [1..<3])
        #expect(try RegularExpression("o").ranges(in: Array("foooo".utf8), limit: 2) == [1..<2, 2..<3])
    }

    /// Without a limit this one would go on for longer than anybody lives.
    @Test func aPatternThatTriesTooMuchIsGivenUp() throws {
        let hostile = try RegularExpression("^(a|aa|a.)+$")
        var matcher = Matcher(hostile)
        let text = Array((String(repeating: "a", count: 3000) + "bb").utf8)
        _ = text.withUnsafeBytes { matcher.firstMatch(in: $0, from: 0) }
        #expect(matcher.exhausted == 1)
    }

    @Test func deepNestingNeedsNoStackOfTheThread() throws {
        let deep = try RegularExpression("^(?:(?:a|b)*c?)*$")
        #expect(deep.matches(String(repeating: "ab", count: 20_000)))
    }
}
