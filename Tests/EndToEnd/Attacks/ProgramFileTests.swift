import Foundation
import Harness
import Testing

/// Attacks on the program that makes containers, and on what it has open and inherits.
@Suite(.needsRoot)
struct ProgramFileTests {
    private static func monitor() -> Data? {
        FileManager.default.contents(atPath: Programs.directory + "/spyhop-monitor")
    }

    /// CVE-2019-5736: whoever enters a container is for a moment a process in it whose program is a file of the host.
    @Test(arguments: [[], ["--cap-add", "SYS_PTRACE"]])
    func theMonitorsFileIsNotWrittenThroughProcWhileCommandsEnter(_ rights: [String]) throws {
        try Workplace.with { (place) throws in
            let before = try #require(Self.monitor())
            let words = ["run", "-d", "--name", "evil"] + rights + (try Attacker.volume())
            try place.run(words + ["busybox", "/attacker", "overwrite", "/stop"])
            try place.eventually("it watches") { try place.run("logs", "evil").output.contains("WATCHING") }
            try place.run("exec", "evil", "ln", "-s", "/proc/self/exe", "/bait")
            for _ in 0..<12 {
                try place.run("exec", "evil", "true")
                #expect(try place.run("exec", "evil", "/proc/self/exe").code != 0)
                #expect(try place.run("exec", "evil", "/bait").code != 0)
            }
            try place.run("exec", "evil", "touch", "/stop")
            #expect(try place.run("wait", "evil").trimmed == "0")
            let lines = try place.run("logs", "evil").lines
            #expect(lines.suffix(2) == ["WRITABLE 0", "WRITTEN 0"])
            // With the right to look into processes there was something to try it on.
            if !rights.isEmpty { #expect(!lines.contains("HELD 0")) }
            #expect(Self.monitor() == before)
        }
    }

    @Test func aContainerWhoseProgramIsTheMonitorGainsNothing() throws {
        try Workplace.with { (place) throws in
            let before = try #require(Self.monitor())
            for options in [[], ["--privileged"]] {
                let outcome = try place.run(
                    ["run", "--rm"] + options + ["--entrypoint", "/proc/self/exe", "busybox", "x"])
                #expect(outcome.code != 0)
                #expect(outcome.output.isEmpty)
            }
            #expect(Self.monitor() == before)
        }
    }

    /// CVE-2024-21626: a directory of the host that is open in the runtime, reached by its number.
    @Test func workingDirectoriesDoNotLeadThroughOpenDescriptors() throws {
        try Workplace.with { (place) throws in
            let open = place.directory + "/open"
            mkdir(open, 0o755)
            try "treasure\n".write(toFile: open + "/secret", atomically: true, encoding: .utf8)
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            try place.run("exec", "box", "ln", "-s", "/proc/self/fd/9", "/way")
            let steal = ["sh", "-c", "cat secret; cat ../../../..\(open)/secret"]
            var directories = (3...12).map { "/proc/self/fd/\($0)" }
            directories += [
                "/proc/self/fd/9/../../..", "/proc/self/cwd", "/proc/1/cwd", "/proc/self/root/proc/self/fd/9",
            ]
            for directory in directories {
                let first = try runHolding(open, place, ["run", "--rm", "-w", directory, "busybox"] + steal)
                #expect(!first.output.contains("treasure"))
                let further = try runHolding(open, place, ["exec", "-w", directory, "box"] + steal)
                #expect(!further.output.contains("treasure"))
            }
            #expect(try !runHolding(open, place, ["exec", "-w", "/way", "box"] + steal).output.contains("treasure"))
        }
    }

    /// Runs `spyhop` with a directory of the host open as 9, as a careless caller has it.
    private func runHolding(_ directory: String, _ place: Workplace, _ words: [String]) throws -> Outcome {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let line = "exec 9<'\(directory)'; exec '\(Programs.spyhop)' \(quoted)"
        return try Command.run(
            ["/bin/sh", "-c", line], environment: place.environment, scratch: place.directory)
    }

    @Test func noDescriptorOfTheCallerGetsIn() throws {
        try Workplace.with { (place) throws in
            let words = ["run", "--rm"] + (try Attacker.volume()) + ["busybox", "/attacker", "descriptors"]
            let first = try runHolding("/etc", place, words)
            #expect(first.code == 0 && first.output.isEmpty, "\(first.output)\(first.errors)")
            try place.run(["run", "-d", "--name", "box"] + Attacker.volume() + ["busybox", "sleep", "1000"])
            let further = try runHolding("/etc", place, ["exec", "box", "/attacker", "descriptors"])
            #expect(further.code == 0 && further.output.isEmpty, "\(further.output)\(further.errors)")
        }
    }

    @Test func signalsMaskAndVariablesOfTheCallerStayOutside() throws {
        try Workplace.with { (place) throws in
            let inside = "grep -E '^Sig(Ign|Blk)' /proc/self/status | tr -d '\\\\t'; umask; env"
            let line =
                "trap '' INT HUP TERM PIPE CHLD; umask 077; exec '\(Programs.spyhop)' run --rm busybox sh -c \"\(inside)\""
            let outcome = try Command.run(
                ["/bin/sh", "-c", line], environment: place.environment + ["HOST_SECRET=1"], scratch: place.directory)
            #expect(outcome.lines.prefix(3) == ["SigBlk:0000000000000000", "SigIgn:0000000000000000", "0022"])
            #expect(!outcome.output.contains("HOST_SECRET"))
        }
    }
}
