import HTTP
import Testing

@testable import Registry

struct ByteRangeTests {
    @Test func contentRangesAreRead() throws {
        let known = try #require(ByteRange(contentRange: "bytes 5-9/10"))
        #expect((known.first, known.last, known.total) == (5, 9, 10))
        #expect(try #require(ByteRange(contentRange: "bytes 0-0/*")).total == nil)
    }

    @Test(arguments: [
        "", "bytes", "bytes 5-9", "bytes 9-5/10", "bytes 5-10/10", "items 0-1/2", "bytes */10", "bytes -1-5/10",
        "bytes 5-99999999999999999999/*", "bytes 5-9/10/11", "bytes +5-9/10",
    ])
    func otherContentRangesAreNone(text: String) { #expect(ByteRange(contentRange: text) == nil) }

    @Test func rangesOfSessionsAreReadInBothWays() {
        #expect(ByteRange(sessionRange: "0-1023")?.last == 1023)
        #expect(ByteRange(sessionRange: "bytes=0-1023")?.last == 1023)
        #expect(ByteRange(sessionRange: "0--1") == nil)
        #expect(ByteRange(sessionRange: "1023") == nil)
    }
}
