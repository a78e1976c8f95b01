import Engine
import Testing

@testable import DockerEngine

struct LogDecoderTests {
    private static func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return [stream, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
    }

    @Test func linesHaveTheirMomentStreamAndPlace() throws {
        var decoder = LogDecoder(isRaw: false, after: nil)
        let lines = try decoder.take(
            Self.frame(1, "2026-01-02T03:04:05.000000006Z one\n")
                + Self.frame(2, "2026-01-02T03:04:05.000000006Z two\n")
                + Self.frame(1, "2026-01-02T03:04:06Z \n"))
        #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one", "two", ""])
        #expect(lines.map(\.stream) == [.stdout, .stderr, .stdout])
        #expect(lines.map(\.isPartial) == [false, false, false])
        #expect(lines[0].time.nanoseconds % 1_000_000_000 == 6)
        #expect(lines.compactMap(\.place?.offset) == [0, 1, 0])
    }

    @Test func aLongLineComesInPiecesOfOnePlace() throws {
        var decoder = LogDecoder(isRaw: false, after: nil)
        let first = try decoder.take(Self.frame(1, "2026-01-02T03:04:05Z aaa"))
        let second = try decoder.take(Self.frame(1, "2026-01-02T03:04:06Z bbb\n"))
        #expect(first.map(\.isPartial) == [true])
        #expect(second.map(\.isPartial) == [false])
        #expect(first.first?.place == second.first?.place)
        #expect(String(decoding: (second.first?.bytes)!, as: UTF8.self) == "bbb")
    }

    @Test func aTerminalsLinesHaveNoFrames() throws {
        var decoder = LogDecoder(isRaw: true, after: nil)
        var lines = try decoder.take(Array("2026-01-02T03:04:05Z one\r\n2026-01-02T03:0".utf8))
        lines += try decoder.take(Array("4:06Z two\r\n".utf8))
        #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one\r", "two\r"])
    }

    @Test func linesUpToAPlaceArePassedOver() throws {
        let text = "2026-01-02T03:04:05Z one\n2026-01-02T03:04:05Z two\n2026-01-02T03:04:06Z three\n"
        var all = LogDecoder(isRaw: true, after: nil)
        let first = try #require(try all.take(Array(text.utf8)).first)
        var decoder = LogDecoder(isRaw: true, after: first.place)
        #expect(try decoder.take(Array(text.utf8)).count == 2)
    }
}
