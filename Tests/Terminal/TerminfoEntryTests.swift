import Testing

@testable import Terminal

struct TerminfoEntryTests {
    /// A tiny entry in the old form: one flag, two numbers, two strings, one flag and one text of its own names.
    private let small: [UInt8] =
        [0x1A, 0x01, 4, 0, 1, 0, 2, 0, 2, 0, 4, 0] + Array("abc\0".utf8) + [1, 0]
        + [80, 0, 8, 0] + [0, 0, 0xFF, 0xFF] + Array("xyz\0".utf8)
        + [1, 0, 0, 0, 1, 0, 3, 0, 9, 0] + [1, 0] + [0, 0] + [0, 0, 3, 0] + Array("s\0AX\0XM\0".utf8) + [0]

    @Test func anEntryIsReadAndWritten() throws {
        let entry = try #require(TerminfoEntry(small))
        #expect(entry.numbers == [80, 8])
        #expect(entry.strings == [0, -1])
        #expect(entry.extraFlags == [1])
        #expect(TerminfoEntry(entry.bytes) == entry)
    }

    @Test func directColoursAreAdded() throws {
        let plain = try #require(TerminfoEntry(small))
        let entry = try #require(TerminfoPatch.withDirectColors(plain))
        #expect(entry.numbers[13] == 0x100_0000)
        #expect(entry.extraFlags == [1, 1])
        #expect(entry.extraNames == [0, 7, 3])
        #expect(TerminfoEntry(entry.bytes) == entry)
    }

    @Test func brokenEntriesAreRefused() {
        #expect(TerminfoEntry([]) == nil)
        #expect(TerminfoEntry([1, 2, 3]) == nil)
        for length in 0..<30 { #expect(TerminfoEntry(Array(small.prefix(length))) == nil) }
        #expect(TerminfoEntry([0x1A, 0x01] + [UInt8](repeating: 0xFF, count: 40)) == nil)
    }
}
