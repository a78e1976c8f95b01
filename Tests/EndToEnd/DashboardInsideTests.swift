import Foundation
import Harness
import Testing

/// What is inside containers, in the real dashboard: files, processes, limits, events, disk usage.
@Suite(.needsRoot, .serialized)
struct DashboardInsideTests {
    private func open(_ place: Workplace, _ extra: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color"] + extra, columns: 130, rows: 40
        )
    }

    private func footer(_ lines: [String]) -> String { lines.suffix(4).joined(separator: " ") }

    /// A program that stands for a person at an editor.
    private func editor(_ place: Workplace, _ script: String) throws -> String {
        let path = place.directory + "/editor"
        try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test func aFileIsFoundEditedSavedAndRemoved() throws {
        try Workplace.with { (place) throws in
            let script = "mkdir /srv /srv/www; echo first > /srv/www/page; chmod 640 /srv/www/page; sleep 1000"
            try place.run("run", "-d", "--name", "web", "busybox", "sh", "-c", script)
            let screen = try open(place, ["EDITOR=" + (try editor(place, "echo second >> \"$1\""))])
            screen.wait(forText: "web")
            screen.type("2f")
            screen.wait(forText: "Files web:/")
            screen.type("/srv\r\r")
            screen.wait(forText: "web:/srv")
            screen.type("\r")
            screen.wait(forText: "-rw-r-----")
            screen.type("\r")
            screen.wait(forText: "first")
            screen.type("e")
            screen.wait(for: "the outcome") { footer($0).contains("wrote /srv/www/page") }
            screen.wait(forText: "second")
            #expect(try place.run("exec", "web", "cat", "/srv/www/page").output == "first\nsecond\n")
            #expect(try place.run("exec", "web", "stat", "-c", "%a", "/srv/www/page").trimmed == "640")
            screen.type("\u{1b}")
            screen.wait(forText: "-rw-r-----")
            screen.type("s\u{15}\(place.directory)\r")
            screen.wait(for: "the copy") { footer($0).contains("copied page to") }
            #expect(try String(contentsOfFile: place.directory + "/page", encoding: .utf8) == "first\nsecond\n")
            screen.type("d")
            screen.wait(forText: "Remove this file?")
            screen.type("\u{1b}OC\r")
            screen.wait(for: "the removal") { footer($0).contains("removed /srv/www/page") }
            #expect(try place.run("exec", "web", "ls", "/srv/www").output == "")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func whatSomebodyElseChangedMeanwhileIsNotLost() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "web", "busybox", "sh", "-c", "echo first > /page; sleep 1000")
            let meanwhile = "\(Workplace.spyhop) exec web sh -c 'echo theirs > /page'; echo mine >> \"$1\""
            let screen = try open(place, ["EDITOR=" + (try editor(place, meanwhile)), "TMPDIR=\(place.directory)"])
            screen.wait(forText: "web")
            screen.type("2f")
            screen.wait(forText: "Files web:/")
            screen.type("/page\r")
            screen.type("e")
            screen.wait(forText: "Write over what somebody else has changed?")
            screen.type("\r")
            #expect(try place.run("exec", "web", "cat", "/page").output == "theirs\n")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test
    func oneProcessIsEndedAndTheOthersStay() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "many", "busybox", "sh", "-c", "sleep 1111 & sleep 2222 & wait")
            let screen = try open(place)
            screen.wait(forText: "many")
            screen.type("28]]]]")
            screen.wait(forText: "sleep 1111")
            screen.type("j")
            screen.type("\u{0b}")
            screen.wait(forText: "Signal process")
            screen.type("j\r")
            screen.wait(for: "the outcome") { footer($0).contains("sent SIGKILL to process") }
            // The shell's own command line names both of them.
            try place.eventually("one sleeper is left") {
                let lines = try place.run("top", "many").lines
                let sleeps = ["sleep 1111", "sleep 2222"].map { sleep in lines.contains { $0.hasSuffix(" \(sleep)") } }
                return sleeps[0] != sleeps[1]
            }
            #expect(try place.state("many") == "running")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func aLimitIsRaisedWhileTheContainerRuns() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "small", "--memory", "64m", "busybox", "sleep", "1000")
            let screen = try open(place)
            screen.wait(forText: "small")
            screen.type("2L")
            screen.wait(forText: "Limits of small")
            screen.wait(forText: "in use")
            screen.type("\u{15}1m")
            screen.wait(forText: "at least 6.00MiB")
            screen.type("\u{15}128m\r")
            screen.wait(for: "the outcome") { footer($0).contains("small has its new limits") }
            #expect(try memoryLimit("small", place) == "\(128 << 20)")
            #expect(try place.run("inspect", "-f", "{{.HostConfig.Memory}}", "small").trimmed == "\(128 << 20)")
            screen.type("u")
            try place.eventually("the former limit") {
                try memoryLimit("small", place) == "\(64 << 20)"
            }
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    private func memoryLimit(_ name: String, _ place: Workplace) throws -> String {
        let pid = try place.run("inspect", "-f", "{{.State.Pid}}", name).trimmed
        return CgroupFile.value(of: pid, "memory", v1: "memory.limit_in_bytes", v2: "memory.max")
    }

    @Test func eventsChangesAndDiskUsageAreTold() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "writer", "busybox", "sh", "-c", "echo hello > /new; sleep 1000")
            let screen = try open(place)
            screen.wait(forText: "writer")
            screen.type("9")
            screen.wait(forText: "start")
            try place.run("pause", "writer")
            screen.wait(for: "the event as it happens") { lines in
                lines.contains { $0.contains("pause") && $0.contains("writer") }
            }
            try place.run("unpause", "writer")
            screen.type("2F")
            screen.wait(forText: "Changes writer")
            screen.wait(forText: "new")
            screen.type("0")
            screen.wait(forText: "Containers")
            screen.wait(forText: "writer")
            screen.type("2iy")
            screen.wait(forText: "Status: running")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }
}
