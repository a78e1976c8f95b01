import Testing

@testable import Registry

struct RawObjectTests {
    @Test func whatIsNotTouchedIsWrittenAsItWasRead() throws {
        let text = "{\n\t\"b\": [1.50, {\"x\":  null}],\n\t\"a\": \"\\u00e9\\/\",\n\t\"n\": 12345678901234567890123\n}"
        let object = try RawObject(Array(text.utf8))
        #expect(String(decoding: object.rendered(), as: UTF8.self) == text)
        #expect(object.string("a") == "é/" && object.string("b") == nil && object.string("c") == nil)
    }

    @Test func membersAreReplacedInPlaceAndAddedAtTheEnd() throws {
        var object = try RawObject(Array(#"{"a": 1, "b": 2}"#.utf8))
        object["a"] = Array("[]".utf8)
        object["c"] = Array("3".utf8)
        object["b"] = nil
        #expect(String(decoding: object.rendered(), as: UTF8.self) == "{\n\t\"a\": [],\n\t\"c\": 3\n}")
    }

    @Test(arguments: ["", " \n", "{}", "\u{feff}{ }"])
    func nothingIsAnObjectWithoutMembers(text: String) throws {
        #expect(try RawObject(Array(text.utf8)) == RawObject())
    }

    @Test(arguments: [
        ("[]", 1, 1), ("{\"a\": }", 1, 7), ("{\n \"a\": tru\n}", 2, 10), ("{\"a\": 1", 1, 8), ("{\"a\": 1} x", 1, 10),
        ("{\"a\" 1}", 1, 6), ("{\"a\": \"\u{1}\"}", 1, 8), ("{\"a\": \"\\q\"}", 1, 9), ("{\"a\": \"\\u12\"}", 1, 10),
        ("{,}", 1, 2), ("{\"a\": \"", 1, 8),
    ])
    func damageIsToldWithItsPlace(text: String, line: Int, column: Int) {
        do {
            _ = try RawObject(Array(text.utf8))
            Issue.record("\(text) was read")
        } catch { #expect(error.place == .init(line: line, column: column), "\(error)") }
    }

    @Test func nestingHasABound() {
        let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
        #expect(throws: RawFault.self) { try RawObject(Array(deep.utf8)) }
    }

    @Test func surrogatesMakeOneCharacter() throws {
        let object = try RawObject(Array(#"{"a": "\ud83d\ude00\ud83d!"}"#.utf8))
        #expect(object.string("a") == "😀\u{fffd}!")
    }
}
