import Engine
import Testing

@testable import DockerEngine

struct FrameDecoderTests {
    private static func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) }
        return [stream, 0, 0, 0] + length + bytes
    }

    private static let whole =
        frame(1, "out\n") + frame(2, "err\n") + frame(1, "") + frame(3, "daemon") + frame(0, "in")

    /// However the bytes are cut, the text is the same.
    @Test(arguments: 1...40)
    func framesCutAnywhereGiveTheSameText(size: Int) throws {
        var decoder = FrameDecoder()
        var texts: [LogLine.Stream: String] = [:]
        var rest = Self.whole[...]
        while !rest.isEmpty {
            for piece in try decoder.take(Array(rest.prefix(size))) {
                texts[piece.stream, default: ""] += String(decoding: piece.bytes, as: UTF8.self)
            }
            rest = rest.dropFirst(size)
        }
        #expect(texts == [.stdout: "out\nin", .stderr: "err\ndaemon"])
    }

    @Test(arguments: [[4, 0, 0, 0, 0, 0, 0, 1], [1, 1, 0, 0, 0, 0, 0, 1], Array("HTTP/1.1".utf8)])
    func whatIsNoFrameIsRefused(_ bytes: [UInt8]) {
        var decoder = FrameDecoder()
        #expect(throws: EngineError.self) { try decoder.take(bytes) }
    }

    @Test func noBytesWhateverMakeItCrash() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var decoder = FrameDecoder()
            var log = LogDecoder(isRaw: Bool.random(using: &generator), after: nil)
            for _ in 0..<4 {
                var bytes = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) { bytes = Self.frame(1, "x\n") + bytes }
                guard (try? decoder.take(bytes)) != nil, (try? log.take(bytes)) != nil else { break }
            }
        }
    }
}
