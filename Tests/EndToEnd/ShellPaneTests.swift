import Foundation
import Harness
import Testing

/// A shell inside a pane of the real dashboard, in a real container: driven by keys and read from the screen.
@Suite(.needsRoot, .serialized)
struct ShellPaneTests {
    private static let leave = "\u{1D}"

    private func open(_ place: Workplace, columns: Int = 130, rows: Int = 40) throws -> PseudoTerminal {
        try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color", "COLORTERM=truecolor"],
            columns: columns, rows: rows)
    }

    private func withShell(_ body: (Workplace, PseudoTerminal) throws -> Void) throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "alpha", "busybox", "sleep", "1000")
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("2e")
            screen.wait(forText: "^P ^Q leaves")
            screen.wait(forText: "#")
            try body(place, screen)
        }
    }

    /// Columns and rows that the shell believes to have.
    private func size(_ screen: PseudoTerminal, _ mark: String) -> (rows: Int, columns: Int)? {
        screen.type("echo \(mark) $(stty size)\r")
        var found: [Int] = []
        screen.wait(for: "the size after \(mark)") { lines in
            for line in lines {
                guard let start = line.range(of: "│\(mark) ") else { continue }
                found = line[start.upperBound...].prefix { $0.isNumber || $0 == " " }.split(separator: " ").compactMap {
                    Int($0)
                }
            }
            return found.count == 2
        }
        return found.count == 2 ? (found[0], found[1]) : nil
    }

    @Test func aShellIsUsedLeftAndFoundAgain() throws {
        try withShell { _, screen in
            screen.type("echo in''side $TERM\r")
            screen.wait(forText: "inside xterm-256color")
            screen.wait(forText: "╭ Graphs")
            screen.type("vi /tmp/note\r")
            screen.wait(for: "vi's empty lines") { lines in lines.filter { $0.contains("│~") }.count > 10 }
            screen.type("ihello sea")
            screen.wait(forText: "hello sea")
            screen.resize(columns: 100, rows: 30)
            screen.wait(for: "vi on the smaller screen") { lines in
                lines.contains { $0.contains("hello sea") } && lines.filter { $0.contains("│~") }.count < 30
            }
            screen.type("\u{1B}")
            usleep(200_000)
            screen.type(":wq\r")
            let small = try #require(size(screen, "small"))
            screen.resize(columns: 130, rows: 40)
            // The shell hears of the new size a moment after the dashboard.
            var large = try #require(size(screen, "large"))
            for round in 0..<20 where large.rows != 34 {
                usleep(200_000)
                large = try #require(size(screen, "large\(round)"))
            }
            #expect(large.columns > 78 && large.rows == 34 && small.rows < large.rows)
            screen.type(Self.leave)
            screen.wait(forText: "goes in")
            screen.type("2")
            screen.wait(forText: "shell in alpha ^]")
            screen.type(Self.leave)
            screen.wait(forText: "large ")
            screen.type("cat /tmp/note\r")
            screen.wait(for: "what vi wrote") { $0.contains { $0.contains("│hello sea") } }
            screen.type("exit 7\r")
            screen.wait(forText: "has ended with exit code 7")
            screen.type("\u{1B}")
            screen.wait(forText: "NAME")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func topRunsInThePaneBesideTheGraphs() throws {
        try withShell { _, screen in
            screen.type("top\r")
            screen.wait(forText: "Load average")
            screen.wait(forText: "sleep 1000")
            #expect(screen.text.contains("╭ Graphs"))
            screen.type("q")
            screen.wait(for: "the prompt") { $0.contains { $0.contains("│/ #") } }
            screen.type(Self.leave + "+")
            screen.wait(forNoText: "╭ Graphs")
            screen.type("\r")
            let whole = try #require(size(screen, "whole"))
            #expect(whole.columns == 128)
            screen.type("exit\r")
        }
    }

    @Test func anInterruptLeavesAContainerWithoutATerminalAsItWas() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "-i", "--name", "talker", "busybox", "sh", "-c", "while :; do echo tick; sleep 1; done")
            let screen = try open(place)
            screen.wait(forText: "talker")
            screen.type("2a")
            screen.wait(forText: "comes back")
            screen.wait(forText: "tick")
            screen.type("\u{3}")
            screen.wait(forText: "╭ Containers")
            #expect(try place.run("ps", "-q").lines.count == 1)
        }
    }

    @Test func quittingAsksAndTakesTheShellAlong() throws {
        try withShell { place, screen in
            screen.type("echo $$ > /tmp/pid; trap '' TERM\r")
            screen.type(Self.leave + "q")
            screen.wait(forText: "shell in alpha")
            screen.type("\r")
            screen.wait(forNoText: "Quit?")
            screen.type("q")
            screen.wait(forText: "Quit?")
            screen.type("y")
            #expect(screen.waitForExit() == 0)
            let alive = try place.run("exec", "alpha", "sh", "-c", "kill -0 $(cat /tmp/pid) && echo alive || echo gone")
            #expect(alive.trimmed.hasSuffix("gone"))
            #expect(try place.state("alpha") == "running")
        }
    }

    @Test func nothingFromInsideReachesTheTerminalButCells() throws {
        try withShell { _, screen in
            screen.type(
                "printf '\\033]52;c;aGFjaw==\\007\\033]0;tit\\001le\\007\\033[?9999h\\033P+q00\\033\\\\do''ne\\n'\r")
            screen.wait(for: "the end of it") { $0.contains { $0.contains("│done") } }
            let sent = String(decoding: screen.raw, as: UTF8.self)
            #expect(!sent.contains("\u{1B}]52") && !sent.contains("\u{1B}[?9999h") && !sent.contains("\u{1B}P+q"))
            #expect(!sent.contains("\u{1B}]0;tit"))
            screen.type("exit\r")
        }
    }

    @Test
    func whatTheMouseSelectsIsCopied() throws {
        try withShell { _, screen in
            screen.type("clear; echo nee''dle in the hay\r")
            screen.wait(for: "the needle") { $0.contains { $0.contains("│needle") } }
            let row = try #require(screen.lines.firstIndex { $0.contains("│needle") }) + 1
            for event in ["0;2;\(row)M", "32;5;\(row)M", "32;7;\(row)M", "0;7;\(row)m"] {
                screen.type("\u{1B}[<\(event)")
                usleep(100_000)
            }
            screen.wait(forText: "copied 6 characters")
            #expect(String(decoding: screen.raw, as: UTF8.self).contains("\u{1B}]52;c;bmVlZGxl\u{07}"))
            screen.type("exit\r")
        }
    }

    @Test func pastedTextReachesTheShellAndIsNoCommandOfOurs() throws {
        try withShell { place, screen in
            screen.type("\u{1B}[200~echo pas''ted\r\u{1B}[201~")
            screen.wait(for: "the echo") { $0.contains { $0.contains("│pasted") } }
            screen.type(Self.leave + "\u{1B}[200~qdq\u{1B}[201~")
            usleep(300_000)
            #expect(!screen.text.contains("Quit?") && !screen.text.contains("Close the shell"))
            screen.type("\rexit\r")
            screen.wait(forText: "has ended")
        }
    }

    @Test func aContainerWithoutAShellSaysSo() throws {
        try Workplace.with { (place) throws in
            let made = try Command.run(
                [
                    "/bin/sh", "-c",
                    "cd \(place.directory) && mkdir tiny && cp $(command -v busybox) tiny/sleep && tar -C tiny -cf tiny.tar .",
                ],
                environment: place.environment, scratch: place.directory)
            try #require(made.code == 0, "\(made.errors)")
            let tar = "\(place.directory)/tiny.tar"
            try place.run("import", "--change", #"CMD ["/sleep","1000"]"#, tar, "tiny")
            try place.run("run", "-d", "--name", "bare", "tiny")
            let screen = try open(place)
            screen.wait(forText: "bare")
            screen.type("2e")
            screen.wait(forText: "none of sh, bash, ash")
        }
    }
}
