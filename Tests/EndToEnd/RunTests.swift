import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct RunTests {
    @Test func exitCodesAreTheCommandsOwn() throws {
        try Workplace.with { (place) throws in
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", "exit 42").code == 42)
            #expect(try place.run("run", "--rm", "busybox", "true").code == 0)
            #expect(try place.run("run", "--rm", "--init", "busybox", "sh", "-c", "kill -9 $$").code == 137)
            #expect(try place.run("ps", "-aq").output == "")
        }
    }

    @Test func missingCommandEndsWith127AndOneThatCannotRunWith126() throws {
        try Workplace.with { (place) throws in
            let missing = try place.run("run", "--rm", "busybox", "no-such-program")
            #expect(missing.code == 127)
            #expect(missing.errors.contains("no-such-program"))
            let directory = try place.run("run", "--rm", "busybox", "/etc")
            #expect(directory.code == 126)
            #expect(directory.errors.contains("/etc"))
        }
    }

    @Test func badFlagIsAnsweredWithASentenceAnd125() throws {
        try Workplace.with { (place) throws in
            let flag = try place.run("run", "--nonsense", "busybox")
            #expect(flag.code == 125)
            #expect(flag.errors.contains("nonsense"))
            #expect(flag.output == "")
            let image = try place.run("run", "--rm", "no-such-image")
            #expect(image.code == 125)
            #expect(image.errors.contains("no-such-image"))
            let memory = try place.run("run", "--rm", "-m", "lots", "busybox")
            #expect(memory.code == 125)
            #expect(memory.errors.contains("lots"))
        }
    }

    @Test func outputAndErrorsStayApartAndInputArrives() throws {
        try Workplace.with { (place) throws in
            let both = try place.run("run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2")
            #expect(both.output == "out\n")
            #expect(both.errors == "err\n")
            let echoed = try place.run("run", "--rm", "-i", "busybox", "sh", "-c", "cat; echo end", input: "one\ntwo\n")
            #expect(echoed.output == "one\ntwo\nend\n")
            let closed = try place.run("run", "--rm", "busybox", "cat", input: "unseen")
            #expect(closed.output == "")
        }
    }

    @Test func largeOutputArrivesWhole() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run("run", "--rm", "busybox", "seq", "1", "200000")
            #expect(outcome.lines.count == 200_000)
            #expect(outcome.lines.last == "200000")
        }
    }

    @Test func environmentWorkingDirectoryUserAndHostnameAreGiven() throws {
        try Workplace.with { (place) throws in
            let file = place.directory + "/env"
            try "FILED=yes\n# remark\nTAKEN\n".write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try place.run(
                "run", "--rm", "-e", "A=b c", "-e", "HOMEGIVEN", "--env-file", file, "-w", "/srv/deep", "-u", "worker",
                "-h", "whale",
                "busybox", "sh", "-c", "echo $A:$HOMEGIVEN:$FILED:$TAKEN; pwd; id -u; id -G; hostname; echo $HOME",
                environment: ["HOMEGIVEN=given", "TAKEN=taken"])
            #expect(
                outcome.lines == ["b c:given:yes:taken", "/srv/deep", "1000", "1000 2000", "whale", "/home/worker"])
        }
    }

    @Test func entrypointsAndWordsAreCombinedAsDockerDoes() throws {
        try Workplace.with { (place) throws in
            #expect(try place.run("run", "--rm", "--entrypoint", "echo", "busybox", "a", "b").output == "a b\n")
            #expect(try place.run("run", "--rm", "busybox", "echo", "--rm", "-it").output == "--rm -it\n")
        }
    }

    @Test func volumesAreMountedWithTheirModes() throws {
        try Workplace.with { (place) throws in
            let shared = place.directory + "/shared"
            mkdir(shared, 0o755)
            try "from host\n".write(toFile: shared + "/file", atomically: true, encoding: .utf8)
            let written = try place.run(
                "run", "--rm", "-v", "\(shared):/data", "busybox", "sh", "-c",
                "cat /data/file; echo back > /data/answer")
            #expect(written.output == "from host\n")
            #expect(Command.text(shared + "/answer") == "back\n")
            let refused = try place.run("run", "--rm", "-v", "\(shared):/data:ro", "busybox", "touch", "/data/x")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("Read-only"))
            let missing = try place.run(
                "run", "--rm", "--mount", "type=bind,src=\(place.directory)/none,dst=/data", "busybox", "true")
            #expect(missing.code == 125)
            let memory = try place.run(
                "run", "--rm", "--tmpfs", "/scratch:size=1m", "busybox", "sh", "-c", "mount | grep /scratch")
            #expect(memory.output.contains("tmpfs on /scratch type tmpfs"))
            #expect(memory.output.contains("size=1024k"))
        }
    }

    @Test func readOnlyRootRefusesWrites() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run("run", "--rm", "--read-only", "busybox", "touch", "/x")
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("Read-only file system"))
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", "touch /x && echo fine").output == "fine\n")
        }
    }

    @Test func initReapsOrphansAndPassesTheExitCodeOn() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run("run", "--rm", "--init", "busybox", "sh", "-c", "echo $$; exit 5")
            #expect(outcome.code == 5)
            #expect(outcome.trimmed != "1")
        }
    }

    @Test func pseudoTerminalIsRealAndHasTheSize() throws {
        try Workplace.with { (place) throws in
            let terminal = try PseudoTerminal(
                [
                    Workplace.spyhop, "run", "--rm", "-it", "busybox", "sh", "-c",
                    "tty; stty size; read x; echo got:$x; exit 9",
                ],
                environment: place.environment + ["TERM=xterm"], columns: 91, rows: 23)
            terminal.wait(forText: "23 91")
            #expect(terminal.text.contains("/dev/pts/0") || terminal.text.contains("/dev/console"))
            terminal.resize(columns: 100, rows: 30)
            terminal.type("hello\r")
            terminal.wait(forText: "got:hello")
            #expect(terminal.waitForExit() == 9)
        }
    }

    @Test func interruptKeyReachesTheContainer() throws {
        try Workplace.with { (place) throws in
            let terminal = try PseudoTerminal(
                [
                    Workplace.spyhop, "run", "--rm", "-it", "busybox", "sh", "-c",
                    "trap 'echo caught; exit 3' INT; echo ready; while :; do sleep 0.1; done",
                ],
                environment: place.environment + ["TERM=xterm"])
            terminal.wait(forText: "ready")
            terminal.type("\u{3}")
            terminal.wait(forText: "caught")
            #expect(terminal.waitForExit() == 3)
        }
    }

    @Test func detachKeysLeaveTheContainerRunning() throws {
        try Workplace.with { (place) throws in
            let terminal = try PseudoTerminal(
                [Workplace.spyhop, "run", "-it", "--name", "stay", "busybox", "sh"],
                environment: place.environment + ["TERM=xterm"])
            terminal.wait(forText: "#")
            terminal.type("echo de''ep\r")
            terminal.wait(forText: "deep")
            terminal.type("\u{10}\u{11}")
            #expect(terminal.waitForExit() == 0)
            #expect(try place.state("stay") == "running")
            let again = try PseudoTerminal(
                [Workplace.spyhop, "attach", "stay"], environment: place.environment + ["TERM=xterm"])
            again.type("echo ag''ain; exit 4\r")
            again.wait(forText: "again")
            #expect(again.waitForExit() == 4)
            #expect(try place.state("stay") == "exited")
        }
    }
}
