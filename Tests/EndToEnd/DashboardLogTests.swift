import Foundation
import Harness
import Testing

/// Logs in the real dashboard: merged, searched, filtered, the run before, saved.
@Suite(.needsRoot, .serialized)
struct DashboardLogTests {
    private static let counter = "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo \"line $i of NAME\"; done; sleep 1000"

    private func open(_ place: Workplace) throws -> PseudoTerminal {
        try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color", "COLORTERM=truecolor"],
            columns: 130, rows: 40)
    }

    @Test func logsAreMergedSearchedFilteredAndSaved() throws {
        try Workplace.with { (place) throws in
            for name in ["alpha", "bravo"] {
                let program = Self.counter.replacingOccurrences(of: "NAME", with: name)
                try place.run("run", "-d", "--name", name, "busybox", "sh", "-c", program)
            }
            try place.eventually("written") {
                try place.run("logs", "--tail", "1", "bravo").output.contains("line 3000")
            }
            try place.eventually("written") {
                try place.run("logs", "--tail", "1", "alpha").output.contains("line 3000")
            }
            let screen = try open(place)
            for name in ["alpha", "bravo"] { screen.wait(forText: name) }
            screen.type("7")
            screen.wait(forText: "line 3000 of")
            screen.type("A")
            screen.wait(forText: "2 containers, all that run")
            screen.type("/~line 1?777 of (alpha|bravo)$\r")
            screen.wait(forText: "4/4")
            for number in ["3/4", "2/4", "1/4"] {
                screen.type("n")
                screen.wait(forText: number)
            }
            screen.type("\u{1b}")
            screen.wait(forNoText: "1/4")
            screen.type("&!alpha\r")
            screen.wait(forText: "lines: !alpha")
            screen.wait(forNoText: "of alpha")
            screen.wait(forText: "line 3000 of bravo")
            let file = FileManager.default.temporaryDirectory.appending(path: "saved-\(UUID().uuidString).log").path
            defer { try? FileManager.default.removeItem(atPath: file) }
            screen.type("\u{13}")
            screen.wait(forText: "Save the log")
            // The field holds a name already.
            screen.type("\u{15}" + file + "\r")
            screen.wait(forText: "saved 3000 lines to")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.split(separator: "\n").count == 3000)
            #expect(text.hasSuffix("bravo line 3000 of bravo\n"))
            screen.type("qq")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test
    func theRunBeforeIsReadAlone() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "twice", "busybox", "sh", "-c",
                "if [ -e /ran ]; then echo second life; else touch /ran; echo first life; fi; sleep 1000")
            try place.eventually("spoken") { try place.run("logs", "twice").output.contains("first life") }
            try place.run("restart", "-t", "0", "twice")
            try place.eventually("spoken") { try place.run("logs", "twice").output.contains("second life") }
            let screen = try open(place)
            screen.wait(forText: "twice")
            screen.type("7")
            screen.wait(forText: "second life")
            screen.wait(forText: "first life")
            screen.type("p")
            screen.wait(forText: "previous run")
            screen.wait(forNoText: "second life")
            screen.wait(forText: "first life")
            screen.type("0")
            screen.wait(forText: "second life")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    /// What a program writes is shown; it never steers the terminal, and a line without end does not hurt.
    @Test
    func hostileOutputStaysOutput() throws {
        try Workplace.with { (place) throws in
            let program =
                "printf 'a\\033]0;owned\\007b\\033[2Jc\\n'; printf '\\377\\376bad\\n'; "
                + "head -c 2000000 /dev/zero | tr '\\0' x; echo; echo after all of it; sleep 1000"
            try place.run("run", "-d", "--name", "hostile", "busybox", "sh", "-c", program)
            try place.eventually("written") {
                try place.run("logs", "--tail", "1", "hostile").output.contains("after all")
            }
            let screen = try open(place)
            screen.wait(forText: "hostile")
            screen.type("7")
            screen.wait(forText: "after all of it")
            screen.type("/bad\r")
            screen.wait(forText: "1/1")
            screen.wait(forText: "\u{fffd}\u{fffd}bad")
            screen.type("\u{1b}")
            // Escape and a key that follow each other closely are one key with Alt.
            usleep(300_000)
            screen.type("/~^x+$\r")
            screen.type("G")
            screen.wait(forText: "after all of it")
            screen.type("1")
            screen.wait(forText: "abc")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }
}
