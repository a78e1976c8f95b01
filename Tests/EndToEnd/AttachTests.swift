import Foundation
import Harness
import Testing

/// Joining containers' terminals, further commands in them, and pid 1.
@Suite(.needsRoot)
struct AttachTests {
    private func terminal(_ place: Workplace, _ words: String..., columns: Int = 90, rows: Int = 20) throws
        -> PseudoTerminal
    {
        try PseudoTerminal(
            [Workplace.spyhop] + words, environment: place.environment + ["TERM=xterm"], columns: columns, rows: rows)
    }

    @Test func severalTerminalsAreJoinedAtOnceAndLeaveByTheirOwnKeys() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-dit", "--name", "box", "busybox", "sh")
            let one = try terminal(place, "attach", "--detach-keys", "ctrl-x,q", "box")
            let other = try terminal(place, "attach", "box")
            // Who comes later than what is said does not hear it.
            for screen in [one, other] {
                screen.type("\r")
                screen.wait(forText: "#")
            }
            one.type("echo fro''m-one\r")
            one.wait(forText: "from-one")
            other.wait(forText: "from-one")
            other.type("echo fro''m-other\r")
            one.wait(forText: "from-other")
            one.type("\u{18}q")
            #expect(one.waitForExit() == 0)
            // Docker's keys are the other's still, and its own were no keys for the first.
            other.type("echo sti''ll\r")
            other.wait(forText: "still")
            other.type("\u{10}\u{11}")
            #expect(other.waitForExit() == 0)
            #expect(try place.state("box") == "running")
        }
    }

    @Test func theNewestSizeOfAnyTerminalIsTheContainers() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-dit", "--name", "box", "busybox", "sh")
            let one = try terminal(place, "attach", "box", columns: 71, rows: 17)
            one.type("stty size\r")
            one.wait(forText: "17 71")
            one.resize(columns: 83, rows: 19)
            try place.eventually("the new size") {
                one.type("stty size\r")
                return one.text.contains("19 83")
            }
            one.type("exit\r")
            _ = one.waitForExit()
        }
    }

    @Test func aReaderThatDoesNotReadIsLetGoAndTheContainerGoesOn() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "box", "busybox", "sh", "-c",
                "until test -e /go; do sleep 0.05; done; yes spyhop | head -c 14000000; echo the end; sleep 1000")
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let (reading, writing) = (ends[0], ends[1])
            defer { close(reading) }
            let slow = try Child([Workplace.spyhop, "attach", "--no-stdin", "box"], environment: place.environment) {
                posix_spawn_file_actions_addopen(&$0, 0, "/dev/null", O_RDONLY, 0)
                posix_spawn_file_actions_adddup2(&$0, writing, 1)
                posix_spawn_file_actions_addopen(&$0, 2, "/dev/null", O_WRONLY, 0)
                posix_spawn_file_actions_addclose(&$0, reading)
            }
            close(writing)
            defer {
                slow.signal(SIGKILL)
                slow.wait()
            }
            try place.eventually("attached") {
                try place.run("events", "--since", "1h", "--until", "0s", "--filter", "event=attach").lines.count == 1
            }
            try place.run("exec", "box", "touch", "/go")
            try place.eventually("the end is logged") {
                try place.run("logs", "--tail", "1", "box").trimmed == "the end"
            }
        }
    }

    @Test func inputOfAPipeEndsWithTheClientThatGaveIt() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-di", "--name", "box", "busybox", "sh", "-c", "cat; echo no more")
            let outcome = try place.run(["attach", "box"], input: "one\ntwo\n")
            #expect(outcome.lines == ["one", "two", "no more"])
            #expect(outcome.code == 0)
        }
    }

    @Test func aFurtherCommandHasItsOwnUserDirectoryEnvironmentAndEnd() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "-e", "A=box", "-e", "B=box", "busybox", "sleep", "1000")
            let words = ["exec", "-u", "worker", "-w", "/tmp", "-e", "B=own", "box", "sh", "-c"]
            let outcome = try place.run(words + ["echo $(id -u):$(id -g):$(id -G) $(pwd) $A $B $HOME; exit 7"])
            #expect(outcome.trimmed == "1000:1000:1000 2000 /tmp box own /home/worker")
            #expect(outcome.code == 7)
            #expect(try place.run("exec", "-u", "5:6", "box", "id", "-G").trimmed == "6")
            let effective = "grep CapEff /proc/self/status | cut -f2"
            #expect(try place.run("exec", "box", "sh", "-c", effective).trimmed == "00000000a80425fb")
            let privileged = try place.run("exec", "--privileged", "box", "sh", "-c", effective).trimmed
            #expect(privileged != "00000000a80425fb" && privileged.hasPrefix("000001"))
            #expect(try place.run("exec", "-d", "box", "touch", "/made").output.isEmpty)
            try place.eventually("made") { try place.run("exec", "box", "test", "-e", "/made").code == 0 }
        }
    }

    @Test func aFurtherCommandsTerminalIsItsOwn() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            let shell = try terminal(
                place, "exec", "-it", "--detach-keys", "ctrl-a", "box", "sh", columns: 77, rows: 11)
            shell.type("stty size; tty\r")
            shell.wait(forText: "11 77")
            shell.wait(forText: "/dev/pts/0")
            shell.type("\u{1}")
            #expect(shell.waitForExit() == 0)
            let again = try terminal(place, "exec", "-it", "box", "sh")
            again.type("exit 5\r")
            #expect(again.waitForExit() == 5)
        }
    }

    @Test func groupsOfTheUserAreDockers() throws {
        try Workplace.with { (place) throws in
            #expect(try place.run("run", "--rm", "-u", "5:6", "busybox", "id", "-G").trimmed == "6")
            #expect(try place.run("run", "--rm", "-u", "worker", "busybox", "id", "-G").trimmed == "1000 2000")
            let words = ["run", "--rm", "-u", "worker", "--group-add", "7", "--group-add", "extra"]
            #expect(try place.run(words + ["busybox", "id", "-G"]).trimmed == "1000 7 2000")
            #expect(try place.run("run", "--rm", "--group-add", "nobodys", "busybox", "true").code == 125)
        }
    }

    @Test func initReapsOrphansAndPassesSignalsOn() throws {
        try Workplace.with { (place) throws in
            let script =
                "trap 'echo told; exit 3' USR1; for i in 1 2 3; do (sh -c 'true & exec true') ; done; "
                + "echo ready; while :; do sleep 0.05; done"
            try place.run("run", "-d", "--init", "--name", "box", "busybox", "sh", "-c", script)
            try place.eventually("ready") { try place.run("logs", "box").output.contains("ready") }
            try place.eventually("no zombie") {
                try place.run("exec", "box", "sh", "-c", "cat /proc/[0-9]*/stat").output.contains(") Z ") == false
            }
            try place.run("kill", "-s", "USR1", "box")
            #expect(try place.run("wait", "box").trimmed == "3")
            #expect(try place.run("logs", "box").output.contains("told"))
        }
    }

    @Test func eventsTellOfJoiningAndOfFurtherCommands() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "--rm", "--name", "brief", "busybox", "true")
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            try place.run("exec", "box", "sh", "-c", "exit 3")
            try place.run("stop", "-t", "0", "box")
            func actions(_ name: String, _ format: String) throws -> [String] {
                try place.run(
                    "events", "--since", "1h", "--until", "0s", "--filter", "container=\(name)", "--format", format
                ).lines
            }
            #expect(try actions("brief", "{{.Action}}") == ["create", "attach", "start", "die", "destroy"])
            #expect(
                try actions("box", "{{.Action}}") == [
                    "create", "start", "exec_create: sh -c exit 3", "exec_start: sh -c exit 3", "exec_die", "kill",
                    "die",
                    "stop",
                ])
            let codes = try place.run(
                "events", "--since", "1h", "--until", "0s", "--filter", "event=exec_die", "--format",
                "{{.Actor.Attributes.exitCode}} {{len .Actor.Attributes.execID}}")
            #expect(codes.trimmed == "3 64")
            let found = try place.run("events", "--since", "1h", "--until", "0s", "--filter", "event=exec_start")
            #expect(found.lines.count == 1)
        }
    }
}
