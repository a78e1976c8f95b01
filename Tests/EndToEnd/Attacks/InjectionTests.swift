import Foundation
import Harness
import Testing

/// Attacks on the terminal of whoever looks at containers: text of theirs that a terminal would obey.
@Suite(.needsRoot)
struct InjectionTests {
    /// Clears the screen, sets the title, asks for an answer; in seven bits, in eight, and by bell and carriage return.
    private static let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{85}\u{90}q\u{9c}\r\u{8}\u{7f}"

    private func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || !(scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value))
        }
    }

    @Test func listsInspectionsAndEventsAreHarmless() throws {
        try Workplace.with { (place) throws in
            let label = "evil=a\(Self.evil)b"
            let script = "touch \"$1\"; exec sleep 1000"
            let made = try place.run([
                "run", "-d", "--name", "box", "-l", label, "-e", "EVIL=\(Self.evil)", "busybox", "sh", "-c", script,
                Self.evil, "/tmp/\(Self.evil)",
            ])
            #expect(made.code == 0, "\(made.errors)")
            try place.eventually("file made") { try place.run("diff", "box").output.contains("owned") }
            let commands = [
                ["ps", "-a", "--no-trunc"], ["ps", "--format", "{{.Labels}} {{.Command}}"], ["inspect", "box"],
                ["ps", "--format", "json"], ["events", "--since", "1h", "--until", "0s"], ["diff", "box"],
                ["top", "box"], ["events", "--since", "1h", "--until", "0s", "--format", "json"],
                ["stats", "--no-stream"], ["dashboard", "--once", "--size", "160x40"],
                ["dashboard", "--once", "--size", "160x60", "--view", "details"],
            ]
            for command in commands {
                let outcome = try place.run(command)
                #expect(outcome.code == 0, "\(command): \(outcome.errors)")
                #expect(!outcome.output.isEmpty)
                #expect(isHarmless(outcome.output), "\(command): \(outcome.output.debugDescription)")
            }
        }
    }

    @Test func errorsAreHarmless() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            let commands = [
                ["inspect", Self.evil], ["run", "--rm", "busybox", Self.evil], ["run", "--rm", Self.evil],
                ["exec", "box", Self.evil], ["exec", "-w", "/\(Self.evil)", "box", "true"],
                ["exec", "-u", Self.evil, "box", "true"], ["cp", "box:/\(Self.evil)", place.directory + "/x"],
                ["run", "--name", Self.evil, "busybox"], ["tag", "busybox", Self.evil], [Self.evil],
                ["run", "--\(Self.evil)", "busybox"], ["rename", "box", "a\(Self.evil)"], ["logs", Self.evil],
            ]
            for command in commands {
                let outcome = try place.run(command)
                #expect(outcome.code != 0, "\(command)")
                #expect(isHarmless(outcome.errors), "\(command): \(outcome.errors.debugDescription)")
                #expect(isHarmless(outcome.output), "\(command): \(outcome.output.debugDescription)")
            }
        }
    }

    @Test func theDashboardShowsWhatContainersPrintAndDoesNotObeyIt() throws {
        try Workplace.with { (place) throws in
            let check = ["--health-cmd", "printf '\\033[2Jsick\\033]0;owned\\007'", "--health-interval", "20ms"]
            let words = ["run", "-d", "--name", "box"] + check + ["busybox", "sh", "-c"]
            try place.run(words + ["printf 'first\\033[2J\\033]0;owned\\007\\302\\2332Jlast\\n'; sleep 1000"])
            try place.eventually("probed") {
                try place.run("inspect", "-f", "{{.State.Health.Status}}", "box").trimmed == "healthy"
            }
            for view in ["logs", "details"] {
                let outcome = try place.run("dashboard", "--once", "--size", "120x60", "--view", view)
                #expect(outcome.code == 0)
                #expect(isHarmless(outcome.output), "\(view): \(outcome.output.debugDescription)")
            }
            let screen = try PseudoTerminal(
                [Workplace.spyhop, "dashboard", "--view", "logs"], environment: place.environment + ["TERM=xterm"])
            screen.wait(forText: "first")
            screen.wait(forText: "last")
            let raw = String(decoding: screen.raw, as: UTF8.self)
            #expect(!raw.contains("]0;owned"))
            screen.type("q")
            _ = screen.waitForExit()
        }
    }
}
