import Foundation
import Harness
import Testing

/// The real dashboard under a hail of bytes: keys, halves of sequences, mouse reports, resizes, among containers whose labels
/// and logs are meant to steer the terminal.
@Suite(.needsRoot, .serialized)
struct DashboardFuzzTests {
    /// The same hail each time.
    private struct Hail: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }

        mutating func bytes() -> [UInt8] {
            switch Int.random(in: 0..<10, using: &self) {
            case 0...4: Array([Self.keys.randomElement(using: &self) ?? "j"].joined().utf8)
            case 5: Array("\u{1B}[<\(button);\(place);\(place)\(Bool.random(using: &self) ? "M" : "m")".utf8)
            case 6: Array("\u{1B}[\(place);\(place)\(Self.ends.randomElement(using: &self) ?? "A")".utf8)
            case 7: (0..<6).map { _ in UInt8(truncatingIfNeeded: next()) }.filter { !Self.spared.contains($0) }
            default: [UInt8.random(in: 0x20..<0x7F, using: &self)].filter { !Self.spared.contains($0) }
            }
        }

        private var button: Int { mutating get { [0, 1, 2, 32, 64, 65].randomElement(using: &self) ?? 0 } }
        private var place: Int { mutating get { Int.random(in: 0..<200, using: &self) } }

        /// Those that would end or stop the dashboard are left out: that is not what is looked for here.
        private static let spared: Set<UInt8> = [3, 4, 17, 19, 26, 28, UInt8(ascii: "q"), UInt8(ascii: "Q")]
        private static let ends = ["A", "B", "C", "D", "H", "F", "~", "Z", "R", "c", "t", "x"]
        private static let keys = [
            "\r", "\t", "\u{1B}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[5~", "\u{1B}[6~", "\u{7F}", "é", "漢", "👩‍👩‍👧", "\u{1B}OP",
            "1", "2", "3", "4", "5", "6", "7", "8", "/", "?", "x", ":", "+", "[", "]", " ", "j", "k",
        ]
    }

    private static let evil = "\\033]0;pwned\\007\\033[2J\\033]52;c;QUJD\\007\\302\\233 31m"

    @Test func aHailOfBytesNeitherEndsItNorGetsThrough() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "evil", "--label", "x=\u{1B}]0;pwned\u{07}\u{1B}[2J", "busybox", "sh", "-c",
                "while :; do printf '\(Self.evil)\\n'; usleep 200000; done")
            try place.run("run", "-d", "--name", "calm", "busybox", "sleep", "1000")
            func open() throws -> PseudoTerminal {
                let screen = try PseudoTerminal(
                    [Workplace.spyhop],
                    environment: place.environment + ["TERM=xterm-256color", "COLORTERM=truecolor"],
                    columns: 110, rows: 34)
                screen.wait(forText: "calm")
                return screen
            }
            var screen = try open()
            var hail = Hail(state: 20_261_130)
            for round in 0..<600 {
                screen.type(bytes: hail.bytes())
                if round % 40 == 39 {
                    screen.resize(
                        columns: Int.random(in: 20..<180, using: &hail), rows: Int.random(in: 5..<60, using: &hail))
                    usleep(30_000)
                    _ = screen.lines
                }
                // A shell that was opened in passing is left again.
                if round % 100 == 99 { screen.type("\u{1B}\u{1B}\rexit\r\u{1B}") }
                // Among all that there is to choose, it may have chosen to quit; nothing else ends it.
                if let status = screen.child.poll() {
                    let last = String(decoding: screen.raw.suffix(4000), as: UTF8.self).debugDescription
                    #expect(status == 0, "it ended in round \(round): \(last)")
                    Self.expectUntouched(screen)
                    screen = try open()
                }
            }
            screen.resize(columns: 110, rows: 34)
            screen.child.signal(SIGTERM)
            #expect([0, 128 + SIGTERM].contains(screen.waitForExit()))
            Self.expectUntouched(screen)
        }
    }

    /// Its own sequences are there; none that a label or a log has brought. The terminal was given back.
    private static func expectUntouched(_ screen: PseudoTerminal) {
        let sent = String(decoding: screen.raw, as: UTF8.self)
        #expect(!sent.contains("\u{1B}]0;pwned") && !sent.contains("\u{1B}]52;c;QUJD"))
        #expect(String(decoding: screen.raw.suffix(4000), as: UTF8.self).contains("\u{1B}[?1049l"))
    }
}
