import Harness
import Testing

/// The harness itself: a test that reads a screen is worth nothing when the screen is wrong.
struct HarnessTests {
    @Test func screenShowsWhatAProgramDraws() throws {
        let script = #"printf '\033[2J\033[3;5Hdeep\033[1;1Htop'; stty size; read line; echo "got $line"; tty; exit 7"#
        let terminal = try PseudoTerminal(
            ["/bin/sh", "-c", script], environment: ["PATH=/usr/bin:/bin", "TERM=xterm-256color"])
        terminal.wait(forText: "top40 120")
        #expect(terminal.lines[2] == "    deep")
        terminal.type("whale\n")
        terminal.wait(forText: "got whale")
        terminal.wait(forText: "/dev/pts/")
        #expect(terminal.waitForExit() == 7)
    }
}
