import Foundation
import Harness
import Testing

/// A newcomer who has read no manual: whatever is pressed next is written on the screen at that moment.
///
/// `SPYHOP_WALK_PICTURES=DIRECTORY` writes a picture of every step there (`walk-1.svg` …).
@Suite(.needsRoot, .serialized)
struct NewcomerWalkTests {
    /// One who walks, and what is photographed on the way.
    private final class Walk {
        let screen: PseudoTerminal
        private var step = 0

        init(_ place: Workplace) throws {
            screen = try PseudoTerminal(
                [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color", "COLORTERM=truecolor"],
                columns: 132, rows: 36)
        }

        /// Presses a key that the screen shows now, in the words that it shows: in the footer, or in the help that the
        /// footer names.
        func press(_ key: String, shownAs hint: String, sourceLocation: SourceLocation = #_sourceLocation) {
            for _ in 0..<20 where !shows(hint) { usleep(50_000) }
            if !shows(hint) {
                screen.wait(for: "the help's key", sourceLocation: sourceLocation) { lines in
                    lines.contains { $0.contains("? help") }
                }
                screen.type("?")
                screen.wait(for: "the key “\(hint)” in the help", sourceLocation: sourceLocation) { _ in
                    self.shows(hint)
                }
                screen.type("\u{1B}")
                usleep(300_000)
            }
            screen.type(key)
        }

        /// Words with any number of blanks between them.
        private func shows(_ hint: String) -> Bool {
            let words = hint.split(separator: " ").map { NSRegularExpression.escapedPattern(for: String($0)) }
            let pattern = words.joined(separator: #"\s+"#)
            return screen.lines.contains { $0.range(of: pattern, options: .regularExpression) != nil }
        }

        /// Clicks on words that the screen shows now.
        func click(_ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
            screen.wait(forText: words, sourceLocation: sourceLocation)
            for (row, line) in screen.lines.enumerated() {
                guard let range = line.range(of: words) else { continue }
                let column = line.distance(from: line.startIndex, to: range.lowerBound) + 2
                screen.type("\u{1B}[<0;\(column);\(row + 1)M\u{1B}[<0;\(column);\(row + 1)m")
                return
            }
        }

        func photograph() throws {
            step += 1
            guard let directory = ProcessInfo.processInfo.environment["SPYHOP_WALK_PICTURES"] else { return }
            try screen.picture.write(toFile: "\(directory)/walk-\(step).svg", atomically: true, encoding: .utf8)
        }
    }

    /// Grows by some megabytes a second after a moment of peace, and says so.
    private static let hog = """
        echo ready to serve; sleep 3; echo loading the catalogue into memory; \
        i=0; a=x; while [ ${#a} -lt 30000000 ]; do a=$a$a; i=$((i+1)); echo catalogue page $i; sleep 0.05; done; \
        echo catalogue loaded; while :; do sleep 1; echo tick; done
        """

    @Test
    func memoryIsFoundReadLimitedRestartedAndLookedInto() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "quiet", "busybox", "sleep", "1000")
            let begun = Date()
            try place.run("run", "-d", "--name", "shop", "-m", "128m", "busybox", "sh", "-c", Self.hog)
            try place.run("run", "-d", "--name", "mailer", "busybox", "sleep", "1000")
            try place.eventually("grown", { try place.run("logs", "shop").output.contains("catalogue loaded") })
            let walk = try Walk(place)
            let screen = walk.screen
            // Start: everything that runs is there with its figures.
            for name in ["quiet", "shop", "mailer"] { screen.wait(forText: name) }
            screen.wait(forText: "/ 128MiB")
            try walk.photograph()

            // Which of them eats memory: the table by memory, and its first row.
            walk.press("2", shownAs: "2 Containers")
            walk.press("O", shownAs: "O sort")
            // The list teaches the key of each column; it also works outside.
            walk.press("\u{1B}", shownAs: "Memory M")
            screen.wait(forNoText: "Sort by")
            screen.type("M")
            screen.wait(for: "the hungriest first") { lines in
                guard let header = lines.firstIndex(where: { $0.contains("MEMORY") }), header + 1 < lines.count else {
                    return false
                }
                return lines[header + 1].contains("shop")
            }
            // The arrows are where everybody looks for them; the bar shows which row they have reached.
            screen.type("\u{1B}OA\u{1B}OA")
            screen.wait(for: "the bar before shop") { lines in
                lines.contains { $0.contains("▌") && $0.contains("shop") }
            }
            try walk.photograph()

            // Since when: its graphs, read at a moment.
            walk.press("6", shownAs: "6 Graphs")
            screen.wait(forText: "Memory")
            walk.press("\u{1B}OD", shownAs: "Left read")
            screen.wait(for: "a moment under the cursor") { lines in
                lines.contains { $0.range(of: #"\d\d:\d\d:\d\d"#, options: .regularExpression) != nil }
            }
            try walk.photograph()

            // What it said around that time.
            walk.press("7", shownAs: "7 Logs")
            screen.wait(forText: "tick")
            let moment = DateFormatter()
            moment.locale = Locale(identifier: "en_US_POSIX")
            moment.dateFormat = "HH:mm"
            walk.press("@", shownAs: "@ go to")
            screen.type(moment.string(from: begun) + "\r")
            screen.wait(forText: "loading the catalogue into memory")
            try walk.photograph()

            // More room, while it runs.
            walk.click("2 Containers")
            walk.press("L", shownAs: "L change its limits")
            screen.wait(forText: "128")
            try walk.photograph()
            screen.type("\u{15}")
            screen.type("256m\r")
            try place.eventually("limit raised") {
                try place.run("inspect", "-f", "{{.HostConfig.Memory}}", "shop").trimmed == String(256 << 20)
            }
            walk.click("2 Containers")
            screen.wait(forText: "/ 256MiB")
            try walk.photograph()

            // A new beginning.
            let before = try place.run("inspect", "-f", "{{.State.Pid}}", "shop").trimmed
            walk.press("r", shownAs: "r restart")
            try place.eventually("restarted") {
                let now = try place.run("inspect", "-f", "{{.State.Pid}}", "shop").trimmed
                return now != before && now != "0"
            }
            screen.wait(for: "the restart told") { $0.suffix(3).joined().contains("restarted") }
            try walk.photograph()

            // The largest layer of its image.
            walk.press("3", shownAs: "3 Images")
            walk.press("\r", shownAs: "Enter open")
            screen.wait(forText: "SIZE")
            screen.wait(forText: "━")
            try walk.photograph()
            walk.press("q", shownAs: "q quit")
            #expect(screen.waitForExit() == 0)
        }
    }
}
