import Foundation
import Harness
import Testing

/// config.md: process.terminal and consoleSize.
@Suite(.needsRoot)
struct TerminalTests {
    /// Creates with a console socket and gives what the terminal showed until the container's end.
    private func screen(_ box: Box, script: String, typed: String = "") throws -> String {
        box.config["process", "terminal"] = true
        let socket = box.directory + "/console"
        let shown = box.directory + "/shown"
        let peer = try Command.start([Probe.path ?? "", "console", socket, typed], output: shown)
        defer {
            peer.signal(SIGKILL)
            peer.wait()
        }
        #expect(Command.eventually { access(socket, F_OK) == 0 })
        try box.create(running: script, flags: ["--console-socket", socket])
        try #require(box.call("start", box.id).code == 0)
        box.waitFor(status: "stopped")
        _ = Command.eventually { peer.poll() != nil }
        return Command.text(shown)
    }

    @Test(.clause("config.md#process"))
    func theConsoleSocketGetsTheTerminalsOtherEnd() throws {
        try Box.with { (box) throws in
            let text = try screen(box, script: "read word; echo \"got $word\"", typed: "hello\n")
            #expect(text.hasPrefix("received: a terminal\n"))
            #expect(text.contains("got hello"))
        }
    }

    @Test(.clause("config.md#process"))
    func theTerminalIsTheStandardStreamsAndControlsTheSession() throws {
        try Box.with { (box) throws in
            let script =
                "for i in 0 1 2; do test -t $i && echo tty$i; done; tty; echo through > /dev/tty; ls -l /dev/console"
            let text = try screen(box, script: script)
            for wanted in ["tty0", "tty1", "tty2", "/dev/pts/0", "through"] {
                #expect(text.contains(wanted), "\(wanted)")
            }
        }
    }

    @Test(.clause("config-linux.md#default-devices"))
    func devConsoleIsTheTerminal() throws {
        try Box.with { (box) throws in
            let text = try screen(box, script: "grep ' /dev/console ' /proc/self/mountinfo; echo seen > /dev/console")
            #expect(text.contains(" /dev/console "))
            #expect(text.contains("seen"))
        }
    }

    @Test(.clause("config.md#process"))
    func consoleSizeIsThatOfTheTerminal() throws {
        try Box.with { (box) throws in
            box.config["process", "consoleSize"] = ["height": 31, "width": 97]
            #expect(try screen(box, script: "stty size").contains("31 97"))
        }
    }

    @Test(.clause("config.md#process"))
    func createWithATerminalAndNoConsoleSocketIsRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "terminal"] = true
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#process"))
    func theTerminalBelongsToTheUser() throws {
        try Box.with { (box) throws in
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            #expect(try screen(box, script: "stat -c 'owner %u' /proc/self/fd/0 -L").contains("owner 1000"))
        }
    }
}
