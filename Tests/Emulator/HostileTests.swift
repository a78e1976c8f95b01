import Terminal
import Testing

@testable import Emulator

/// Whatever a program writes: no crash, no hang, nothing but cells.
struct HostileTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Nothing in a picture could steer a terminal, and every line is exactly as wide as its cells say.
    private func check(_ emulator: Emulator) {
        guard let screen = emulator.nextPicture() else { return }
        #expect(screen.lines.count == emulator.size.height)
        var isSound = emulator.size.width > screen.cursor.x && emulator.size.height > screen.cursor.y
        for line in screen.lines {
            isSound = isSound && line.cells.count <= emulator.size.width
            for (column, cell) in line.cells.enumerated() {
                isSound = isSound && cell.scalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
                if cell.width == 2 {
                    isSound = isSound && column + 1 < line.cells.count && line.cells[column + 1].width == 0
                }
                if cell.width == 0 { isSound = isSound && column > 0 && line.cells[column - 1].width == 2 }
            }
        }
        isSound = isSound && screen.title.unicodeScalars.allSatisfy { $0.value >= 0x20 }
        #expect(isSound)
    }

    @Test func aMillionRandomBytes() throws {
        var numbers = Numbers(state: 1)
        let emulator = try #require(Emulator(size: Size(width: 80, height: 24)))
        for _ in 0..<1000 {
            emulator.feed((0..<1000).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            check(emulator)
            _ = emulator.takeAnswers()
        }
    }

    @Test(arguments: [UInt64(4), 5, 6, 7])
    func sequencesFromHellOnSmallAndChangingScreens(seed: UInt64) throws {
        var numbers = Numbers(state: seed)
        let emulator = try #require(Emulator(size: Size(width: 2, height: 1)))
        for round in 0..<2000 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0...20, using: &numbers) { text += Self.piece(&numbers) }
            emulator.feed(text)
            if round % 7 == 0 {
                let width = Int.random(in: 0...(round % 3 == 0 ? 120 : 6), using: &numbers)
                emulator.resize(
                    Size(width: width, height: Int.random(in: -1...(round % 5 == 0 ? 60 : 5), using: &numbers)))
            }
            check(emulator)
            _ = emulator.takeAnswers()
        }
    }

    private static func piece(_ numbers: inout Numbers) -> [UInt8] {
        let large = [
            0, 1, 2, 3, 5, 7, 25, 47, 66, 69, 1047, 1048, 1049, 2004, 6, 100, 65535, 2_147_483_647, 4_294_967_296,
        ]
        switch Int.random(in: 0..<12, using: &numbers) {
        case 0..<5:
            var text = "\u{1B}["
            if Bool.random(using: &numbers) { text += ["?", ">", "!", "<", "="].randomElement(using: &numbers) ?? "" }
            for index in 0..<Int.random(in: 0...5, using: &numbers) {
                text += (index == 0 ? "" : Bool.random(using: &numbers) ? ";" : ":")
                text += String(large.randomElement(using: &numbers) ?? 0)
            }
            if Int.random(in: 0..<8, using: &numbers) == 0 {
                text += [" ", "$", "\"", "'", "!"].randomElement(using: &numbers) ?? ""
            }
            text += String("@ABCDEFGHIJKLMPSTXZ`abcdefghlmnpqrstuxz{|}".randomElement(using: &numbers) ?? "m")
            return Array(text.utf8)
        case 5: return [0x1B, Array("78DEHMNOZc=>|}~#()*%".utf8).randomElement(using: &numbers) ?? 0x37]
        case 6: return [0x1B, 0x23, UInt8.random(in: 0x33...0x38, using: &numbers)]
        case 7:
            return Array(
                ([
                    "日", "\u{1F600}", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "\u{301}", "\u{1FAE0}", "\u{200B}",
                    "\u{9B}",
                ]
                .randomElement(using: &numbers) ?? "").utf8)
        case 8:
            return Array((["\r\n", "\n\n\n\n", "\t\t\t", "\u{08}\u{08}"].randomElement(using: &numbers) ?? "").utf8)
        case 9: return Array(repeating: UInt8.random(in: 0x61...0x7A, using: &numbers), count: 40)
        case 10: return [UInt8.random(in: 0...255, using: &numbers)]
        default: return Array("\u{1B}]\(Int.random(in: 0..<60, using: &numbers));hello\u{07}".utf8)
        }
    }

    @Test func aCursorThatWasKeptOnALargerScreenComesBackInside() throws {
        let emulator = try #require(Emulator(size: Size(width: 80, height: 24)))
        emulator.feed(Array("\u{1B}[24;80H\u{1B}7".utf8))
        emulator.resize(Size(width: 10, height: 3))
        emulator.feed(Array("\u{1B}8x\u{1B}[u\u{1B}[Ky".utf8))
        check(emulator)
        #expect(emulator.nextPicture() == nil)
    }

    @Test func sequencesWithoutEndTakeNoMemory() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 3)))
        emulator.feed(Array("\u{1B}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 3_000_000) + Array("mok".utf8))
        #expect(try #require(emulator.nextPicture()).lines[0].text() == "ok")
        emulator.feed(Array("\u{1B}P".utf8) + Array(repeating: UInt8(ascii: "1"), count: 3_000_000) + [0x18])
        emulator.feed(Array("!".utf8))
        #expect(try #require(emulator.nextPicture()).lines[0].text() == "ok!")
    }

    @Test func doubleWidthLinesAreLeftOut() throws {
        let emulator = try #require(Emulator(size: Size(width: 10, height: 2)))
        emulator.feed(Array("\u{1B}#60123456789".utf8))
        #expect(try #require(emulator.nextPicture()).lines[0].text() == "0123456789")
    }
}
