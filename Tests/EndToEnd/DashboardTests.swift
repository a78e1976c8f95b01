import Foundation
import Harness
import Testing

/// The real dashboard on a pseudo-terminal, driven by keys and read from its screen.
@Suite(.needsRoot, .serialized)
struct DashboardTests {
    static let talker = "i=0; while :; do i=$((i+1)); echo \"line $i of the log\"; usleep 100000; done"

    private func open(_ place: Workplace, columns: Int = 130, rows: Int = 40, _ extra: [String] = []) throws
        -> PseudoTerminal
    {
        let base = ["TERM=xterm-256color", "COLORTERM=truecolor"]
        return try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + (extra.isEmpty ? base : extra), columns: columns,
            rows: rows)
    }

    private func withThree(_ body: (Workplace) throws -> Void) throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "alpha", "busybox", "sh", "-c", Self.talker)
            try place.run("run", "-d", "--name", "bravo", "busybox", "sleep", "1000")
            try place.run("run", "-d", "--name", "charlie", "busybox", "sleep", "1000")
            try body(place)
        }
    }

    @Test func filterStopAndStartWithKeysAlone() throws {
        try withThree { place in
            let screen = try open(place)
            for name in ["alpha", "bravo", "charlie"] { screen.wait(forText: name) }
            screen.type("2/brav\r")
            screen.wait(forNoText: "charlie")
            screen.wait(forText: "bravo")
            screen.type("s")
            try place.eventually("stopped", { try place.state("bravo") == "exited" })
            screen.wait(forText: "stopped bravo")
            screen.wait(forText: "exited")
            screen.type("s")
            try place.eventually("started") { try place.state("bravo") == "running" }
            screen.wait(forText: "started bravo")
            screen.type("\u{1b}")
            screen.wait(forText: "charlie")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func graphOfTheSelectedContainerMoves() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "burner", "busybox", "sh", "-c", "while :; do :; done")
            let screen = try open(place)
            screen.wait(forText: "burner")
            screen.type("6")
            screen.wait(for: "a CPU graph in braille") { lines in
                lines.joined().unicodeScalars.filter { (0x2801...0x28ff).contains($0.value) }.count > 5
            }
            screen.wait(forText: "burner")
            screen.type("bb")
            screen.wait(for: "no braille after two changes of glyphs") { lines in
                !lines.joined().unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) }
            }
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func twoMarkedContainersAreRestartedTogether() throws {
        try withThree { place in
            func pid(_ name: String) throws -> String { try place.run("inspect", "-f", "{{.State.Pid}}", name).trimmed }
            let before = try ["alpha", "bravo", "charlie"].map(pid)
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("2N")
            screen.type("g  ")
            screen.type("r")
            screen.wait(for: "the outcome in the footer") { lines in
                let footer = lines.suffix(3).joined()
                return footer.contains("restarted") && footer.contains("2")
            }
            let after = try ["alpha", "bravo", "charlie"].map(pid)
            #expect(zip(before, after).filter { $0 != $1 }.count == 2)
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func logIsTailedSearchedAndScrolledBack() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "teller", "busybox", "sh", "-c",
                "seq 1 3000 | sed 's/^/entry /'; echo needle in the hay; \(Self.talker)")
            let screen = try open(place)
            screen.wait(forText: "teller")
            screen.type("l+")
            screen.wait(forText: "line 5 of the log")
            screen.type("/entry 2718\r")
            screen.wait(forText: "entry 2718")
            screen.type("g")
            screen.wait(forText: "entry 1")
            screen.wait(for: "the very first line") {
                $0.contains { $0.contains("entry 1 ") || $0.hasSuffix("entry 1") || $0.contains("entry 1│") }
                    || $0.contains { $0.contains("entry 2 ") }
            }
            screen.type("G")
            screen.wait(for: "the newest lines again") { lines in lines.contains { $0.contains("of the log") } }
            screen.type("q")
        }
    }

    @Test func shellIsOpenedAndTheDashboardComesBack() throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("2/bravo\r")
            screen.wait(forNoText: "charlie")
            screen.type("E")
            screen.wait(forText: "#")
            screen.type("echo in''side $(hostname)\r")
            screen.wait(forText: "inside")
            screen.type("exit\r")
            screen.wait(for: "the table again") { lines in
                lines.contains { $0.contains("bravo") } && lines.contains { $0.contains("NAME") }
            }
            screen.type("q")
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalEndsItAlsoWhileAShellHasTheTerminal(signal: Int32) throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("E")
            screen.wait(forText: "#")
            screen.type("echo in''side; sleep 1000\r")
            screen.wait(forText: "inside")
            screen.child.signal(signal)
            #expect(screen.waitForExit() == 128 + signal)
        }
    }

    @Test func removingAsksFirstAndCancelIsTheDefault() throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("2/charlie\r")
            screen.wait(forNoText: "bravo")
            screen.type("d")
            screen.wait(for: "a dialog") { $0.joined().localizedCaseInsensitiveContains("cancel") }
            screen.type("\r")
            screen.wait(forText: "charlie")
            #expect(try place.state("charlie") == "running")
            screen.type("d")
            screen.wait(for: "a dialog") { $0.joined().localizedCaseInsensitiveContains("cancel") }
            screen.type("\t\r")
            try place.eventually("removed") {
                try place.run("ps", "-a", "--format", "{{.Names}}").lines.sorted() == ["alpha", "bravo"]
            }
            screen.type("\u{1b}")
            screen.wait(forText: "bravo")
            screen.type("q")
        }
    }

    @Test func failuresAreToldInTheFooter() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "broken", "busybox", "/no/such/program")
            try place.run("run", "-d", "--name", "user", "busybox", "sleep", "1000")
            let screen = try open(place)
            screen.wait(forText: "broken")
            screen.type("2/broken\r")
            screen.wait(forNoText: "user ")
            screen.type("s")
            screen.wait(for: "why it cannot start") { lines in
                let footer = lines.suffix(4).joined(separator: " ")
                return footer.contains("cannot start broken") && footer.contains("/no/such/program")
            }
            screen.type("3d")
            screen.wait(forText: "Remove by force")
            screen.type("\t\r")
            screen.wait(for: "who needs the image") { lines in
                let footer = lines.suffix(4).joined(separator: " ")
                return footer.contains("cannot remove busybox") && footer.contains("user")
            }
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func theMouseChoosesRowsTabsAndHeaders() throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "charlie")
            // Press and release in one go, as a slow line delivers them.
            func click(_ text: String) {
                for (row, line) in screen.lines.enumerated() {
                    guard let place = line.range(of: text) else { continue }
                    let column = line.distance(from: line.startIndex, to: place.lowerBound)
                    screen.type("\u{1b}[<0;\(column + 1);\(row + 1)M\u{1b}[<0;\(column + 1);\(row + 1)m")
                    return
                }
                Issue.record("nothing to click at: \(text)")
            }
            click("bravo")
            screen.wait(for: "the log of what was clicked") { $0.contains { $0.contains("Logs bravo") } }
            click("2 Containers")
            screen.wait(forNoText: "Logs bravo")
            click("NAME")
            screen.wait(for: "the order by name") { $0.contains { $0.contains("NAME▲") || $0.contains("NAME▼") } }
            click("q quit")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func whatTheDashboardRaisesForItselfIsNotForContainers() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "counter", "busybox", "sh", "-c", "ulimit -n; sleep 1000")
            let screen = try PseudoTerminal(
                ["/bin/sh", "-c", "ulimit -Sn 700; exec '\(Workplace.spyhop)'"],
                environment: place.environment + ["TERM=xterm-256color"], columns: 120, rows: 40)
            screen.wait(forText: "counter")
            screen.type("s")
            try place.eventually("started") { try place.state("counter") == "running" }
            try place.eventually("its limit") { try place.run("logs", "counter").lines == ["700"] }
            let limits = Command.text("/proc/\(screen.child.pid)/limits")
            #expect(limits.range(of: #"Max open files +700 "#, options: .regularExpression) == nil)
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func changesMadeElsewhereAppearAtOnce() throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            try place.run("run", "-d", "--name", "newcomer", "busybox", "sleep", "1000")
            screen.wait(forText: "newcomer")
            try place.run("rename", "newcomer", "renamed")
            screen.wait(forText: "renamed")
            try place.run("rm", "-f", "renamed")
            screen.wait(forNoText: "renamed")
            screen.type("q")
        }
    }

    @Test(arguments: [(60, 15), (80, 24), (200, 60), (40, 8)])
    func resizesAreFollowed(columns: Int, rows: Int) throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.resize(columns: columns, rows: rows)
            if columns >= 60 {
                screen.wait(forText: "alpha")
            } else {
                screen.wait(for: "a word about the size") { $0.joined().localizedCaseInsensitiveContains("small") }
            }
            screen.resize(columns: 130, rows: 40)
            screen.wait(forText: "alpha")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test(arguments: [
        ["TERM=xterm"], ["TERM=xterm-256color"], ["TERM=xterm-256color", "COLORTERM=truecolor"],
        ["TERM=xterm-256color", "NO_COLOR=1"], ["TERM=linux", "LANG=C", "LC_ALL=C"],
        ["TERM=vt100", "LANG=C", "LC_ALL=C"],
    ])
    func everyKindOfTerminalIsServed(environment: [String]) throws {
        try withThree { place in
            let screen = try open(place, environment)
            screen.wait(forText: "charlie")
            screen.type("?")
            screen.wait(forText: "quit; the containers run on")
            screen.type("\u{1b}")
            screen.wait(forNoText: "quit; the containers run on")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
            let written = String(decoding: screen.raw, as: UTF8.self)
            if environment.contains("NO_COLOR=1") {
                #expect(written.firstMatch(of: /\u{1b}\[[0-9;]*[34]8;[25][0-9;]*m/) == nil)
            }
            if environment.contains("LC_ALL=C") { #expect(screen.raw.allSatisfy { $0 < 0x80 }) }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV])
    func terminalIsRestoredOnEveryWayOut(signal: Int32) throws {
        try withThree { place in
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.child.signal(signal)
            _ = screen.waitForExit()
            let written = String(decoding: screen.raw, as: UTF8.self)
            #expect(written.contains("\u{1b}[?1049l"))
            #expect(written.contains("\u{1b}[?25h") || written.contains("\u{1b}[?12l\u{1b}[?25h"))
            #expect(try place.run("ps", "-q").lines.count == 3)
        }
    }

    @Test func hostileTextNeverReachesTheTerminal() throws {
        try Workplace.with { (place) throws in
            let script =
                #"while :; do printf '\033]0;owned\007\033[2J\033[31mred\033[0m \302\233 31m \342\200\256gnp\n'; usleep 200000; done"#
            try place.run(
                "run", "-d", "--name", "evil", "--label", "note=\u{1b}]0;label\u{7}", "busybox", "sh", "-c", script)
            let screen = try open(place)
            screen.wait(forText: "evil")
            screen.type("l")
            screen.wait(forText: "red")
            screen.type("8")
            screen.wait(forText: "RestartCount")
            screen.type("/note")
            screen.wait(for: "the label") { $0.joined().contains("note:") }
            let written = String(decoding: screen.raw, as: UTF8.self)
            #expect(!written.contains("\u{1b}]0;owned"))
            #expect(!written.contains("\u{1b}]0;label"))
            #expect(!written.contains("\u{202e}"))
            screen.type("q")
        }
    }

    @Test func oneFrameIsDrawnWithoutATerminal() throws {
        try withThree { place in
            let frame = try place.run("dashboard", "--once", "--size", "100x30")
            #expect(frame.code == 0)
            #expect(frame.lines.count <= 30)
            for name in ["alpha", "bravo", "charlie"] { #expect(frame.output.contains(name)) }
            let picture = place.directory + "/picture.svg"
            #expect(try place.run("dashboard", "--once", "--size", "100x30", "--svg", picture).code == 0)
            #expect(Command.text(picture).hasPrefix("<"))
            #expect(Command.text(picture).contains("</svg>"))
            for view in ["overview", "containers", "images", "volumes", "networks", "graphs", "logs", "details"] {
                #expect(try place.run("dashboard", "--once", "--size", "80x24", "--view", view).code == 0)
            }
            #expect(try place.run("dashboard", "--once", "--view", "nonsense").code != 0)
            for theme in ["abyss", "coral", "daylight", "mono"] {
                #expect(try place.run("dashboard", "--once", "--theme", theme, "--size", "80x24").code == 0)
            }
            #expect(try place.run("dashboard", "--once", "--theme", "nonsense").code != 0)
        }
    }

    @Test func anEmptyEngineIsGreetedByTheWhale() throws {
        try Workplace.with(image: false) { (place) throws in
            let frame = try place.run("dashboard", "--once", "--size", "100x30")
            #expect(frame.code == 0)
            #expect(frame.output.contains("spyhop"))
        }
    }

    @Test func killingTheDashboardHarmsNothing() throws {
        try withThree { place in
            for _ in 0..<10 {
                let screen = try open(place)
                usleep(UInt32.random(in: 0...300_000))
                screen.child.signal(SIGKILL)
                screen.child.wait()
                Self.removeTerminfo(of: screen.child.pid)
            }
            #expect(try place.run("ps", "-q").lines.count == 3)
            let frame = try place.run("dashboard", "--once", "--size", "100x30")
            #expect(frame.output.contains("bravo"))
        }
    }

    /// A killed dashboard cannot remove the terminal description that it reads while it opens.
    private static func removeTerminfo(of pid: pid_t) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where name.hasPrefix("spyhop-terminfo-\(pid)-") {
            try? FileManager.default.removeItem(atPath: "/tmp/" + name)
        }
    }
}
