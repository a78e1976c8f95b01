import Testing

@testable import Terminal

/// What reaches the eye: our screen through ncurses, with libvterm as the terminal.
@Suite(.serialized) struct ScreenTruthTests {
    /// One line each; all of them have shifted lines in some dashboard.
    static let lines = [
        "plain text", "データベース", "한국어 서버", "ｆｕｌｌ ｗｉｄｔｈ", "e\u{301}a\u{308}o\u{302}\u{323} marks", "\u{301}first",
        "नमस्ते दुनिया", "ไทย ภาษา", "😀 grin", "👩‍👩‍👧 family", "👍🏽 tone", "☝🏽 narrow tone", "🏳️‍🌈 flag", "🇩🇪 🇫🇷 flags",
        "❤️ heart ❤︎", "1️⃣ 2️⃣ keycaps", "👨🏾‍💻 coder", "🧑‍🤝‍🧑 hands", "🐳 whale", "🫠 new, 🥷 too, \u{1FAE8}", "⣿⡇ braille ▁▂▃█",
        "╭─╮│╰╯", "עברית bidi ערבית",
        "a\u{200B}b\u{200D}c\u{FEFF}d", "tab\there", "ends with wide 漢", "𠀀 rare", "✅ ❌ ⚠️ ⭐",
    ]

    private func canvas(_ lines: [String], columns: Int, shift: Int = 0) -> Canvas {
        var canvas = Canvas(size: Size(width: columns, height: lines.count), ground: Color(hex: 0x02101F))
        for (y, line) in lines.enumerated() {
            let style = Style(Color(hex: 0xFF8878), on: .inherit, y % 3 == 0 ? .bold : [])
            var x = shift + canvas.put(line, at: Point(x: shift, y: y), style: style, maxWidth: columns - shift - 4)
            // Written on without moving the cursor, so that a wrong width would shift the bar.
            while x < columns - 1 {
                canvas.set(".", at: Point(x: x, y: y), style: style)
                x += 1
            }
            canvas.set("│", at: Point(x: columns - 1, y: y), style: style)
        }
        return canvas
    }

    @Test func wideCharactersEmojiAndMarksStandWhereTheyShould() throws {
        let truth = try #require(TerminalTruth(columns: 50, rows: Self.lines.count))
        defer { truth.close() }
        let canvas = canvas(Self.lines, columns: 50)
        truth.draw(canvas)
        #expect(truth.firstDifference(canvas) == nil)
        for y in Self.lines.indices { #expect(truth.cell(49, y).scalars == [0x2502], "\(Self.lines[y])") }
    }

    @Test func theCursorNeverDriftsHoweverTheScreenChanges() throws {
        let truth = try #require(TerminalTruth(columns: 40, rows: 12))
        defer { truth.close() }
        for step in 0..<60 {
            let lines = (0..<12).map { Self.lines[($0 * 7 + step * (1 + $0 % 3)) % Self.lines.count] }
            let canvas = canvas(lines, columns: 40, shift: step % 5)
            truth.draw(canvas)
            #expect(truth.firstDifference(canvas) == nil, "step \(step)")
        }
    }

    @Test func everyFrameIsOneSynchronisedUpdate() throws {
        let truth = try #require(TerminalTruth(columns: 40, rows: 10))
        defer { truth.close() }
        for step in 0..<6 {
            let lines = (0..<10).map { Self.lines[($0 + step) % Self.lines.count] }
            let text = String(decoding: truth.draw(canvas(lines, columns: 40)), as: UTF8.self)
            #expect(text.hasSuffix("\u{1B}[?2026l"))
            #expect(text.components("\u{1B}[?2026h") == 2 && text.components("\u{1B}[?2026l") == 2)
            // Nothing is cleared or drawn outside of it, but for what the screen's opening left behind.
            if step > 0 { #expect(text.hasPrefix("\u{1B}[?2026h"), "step \(step)") }
            // Nor is the screen cleared once it stands: that is what flickers.
            if step > 0 { #expect(!text.contains("\u{1B}[2J") && !text.contains("\u{1B}[J"), "step \(step)") }
        }
    }

    @Test func aPictureThatGoesLeavesNothingBehind() throws {
        let truth = try #require(TerminalTruth(columns: 30, rows: 3))
        defer { truth.close() }
        for lines in [["a 🐳🧑 b", "🐳", "x"], ["a    b", "", "x"], ["a 漢🐳 b", "🧑🧑🧑", "🐳"], ["", "🧑a🧑", "🐳"]] {
            let canvas = canvas(lines, columns: 30)
            truth.draw(canvas)
            #expect(truth.firstDifference(canvas) == nil, "\(lines)")
        }
    }

    @Test func whatStandsStillIsNotSent() throws {
        let truth = try #require(TerminalTruth(columns: 60, rows: 12))
        defer { truth.close() }
        var lines = (0..<12).map { Self.lines[$0] }
        let whole = truth.draw(canvas(lines, columns: 60)).count
        lines[3] = "another"
        let part = truth.draw(canvas(lines, columns: 60)).count
        #expect(part < whole / 4, "\(part) of \(whole) bytes")
    }
}

extension String {
    /// How many parts a separator makes of it.
    fileprivate func components(_ separator: String) -> Int {
        split(separator: separator, omittingEmptySubsequences: false).count
    }
}
