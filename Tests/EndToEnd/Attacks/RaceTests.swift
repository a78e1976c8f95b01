import Foundation
import Harness
import Testing

/// Attacks by exchanging a name for a link at the right moment. Each has so many rounds, not so much time.
@Suite(.needsRoot)
struct RaceTests {
    /// A container `name` that lets two names change places until `finish` is called.
    private func swapping(
        _ place: Workplace, _ name: String, _ one: String, _ other: String, prepare: String = "true",
        options: [String] = []
    ) throws {
        let words = ["run", "-d", "--name", name] + (try Attacker.volume()) + options
        try place.run(words + ["busybox", "sh", "-c", "\(prepare); exec /attacker swap \(one) \(other) /stop"])
        try place.eventually("it swaps") { try place.run("logs", name).output.contains("SWAPPING") }
    }

    /// Ends it; it must have swapped to the end.
    private func finish(_ place: Workplace, _ name: String) throws {
        try place.run("exec", name, "touch", "/stop")
        #expect(try place.run("wait", name).trimmed == "0")
        #expect(try place.run("logs", name).lines == ["SWAPPING"])
    }

    /// CVE-2021-30465: the place of a mount lies in a volume that another container writes to.
    @Test func placesOfMountsAreNotLedOut() throws {
        try Workplace.with { (place) throws in
            let (shared, trap, gift) = (
                place.directory + "/shared", place.directory + "/trap", place.directory + "/gift"
            )
            for folder in [shared, trap, gift, shared + "/real"] { mkdir(folder, 0o755) }
            symlink(trap, shared + "/link")
            try swapping(place, "evil", "/shared/real", "/shared/link", options: ["-v", "\(shared):/shared"])
            var inside = 0
            for _ in 0..<16 {
                let outcome = try place.run(
                    "run", "--rm", "-v", "\(shared):/shared", "-v", "\(gift):/shared/real/place", "busybox", "sh", "-c",
                    "mount | grep -c /place")
                if outcome.trimmed == "1" { inside += 1 }
                #expect(try FileManager.default.contentsOfDirectory(atPath: trap).isEmpty)
            }
            // Some rounds fail, because the name changes under them; what matters is where those go that do not.
            #expect(inside > 0)
            try finish(place, "evil")
            #expect(HostTraces.mounts(mentioning: place.directory).isEmpty)
        }
    }

    /// CVE-2018-15664 and CVE-2019-14271: copying follows the container's links, or runs its programs.
    @Test func copiesIntoARunningContainerAreNotLedOut() throws {
        try Workplace.with { (place) throws in
            let trap = place.directory + "/trap"
            mkdir(trap, 0o777)
            let letter = place.directory + "/letter"
            try "payload\n".write(toFile: letter, atomically: true, encoding: .utf8)
            try swapping(
                place, "evil", "/real", "/link", prepare: "mkdir -p /real /real\(trap); ln -s \(trap) /link")
            var arrived = 0
            for _ in 0..<16 {
                if try place.run("cp", letter, "evil:/real/letter").code == 0 { arrived += 1 }
                #expect(try FileManager.default.contentsOfDirectory(atPath: trap).isEmpty)
            }
            #expect(arrived > 0)
            try finish(place, "evil")
        }
    }

    @Test func copiesOutOfARunningContainerBringNothingOfTheHost() throws {
        try Workplace.with { (place) throws in
            let trap = place.directory + "/trap"
            mkdir(trap, 0o777)
            try "treasure\n".write(toFile: trap + "/file", atomically: true, encoding: .utf8)
            try swapping(
                place, "evil", "/real", "/link",
                prepare: "mkdir /real; echo own > /real/file; ln -s \(trap) /link")
            var arrived = 0
            for round in 0..<16 {
                let target = "\(place.directory)/stolen-\(round)"
                _ = try place.run("cp", "evil:/real/file", target)
                let text = Command.text(target)
                #expect(text == "" || text == "own\n")
                if text == "own\n" { arrived += 1 }
                let tree = "\(place.directory)/tree-\(round)"
                _ = try place.run("cp", "-a", "evil:/real", tree)
                // A link may be what is copied, and then leads where it says; a directory holds what was in the container.
                let kind = try? FileManager.default.attributesOfItem(atPath: tree)[.type] as? FileAttributeType
                if kind == .typeDirectory { #expect(Command.text(tree + "/file") != "treasure\n") }
            }
            #expect(arrived > 0)
            try finish(place, "evil")
        }
    }

    /// CVE-2025-31133: what hides a path is taken from the container's own /dev.
    @Test func aFalseNullDeviceHidesNothingLess() throws {
        try Workplace.with { (place) throws in
            let own = place.directory + "/dev"
            mkdir(own, 0o755)
            symlink("/proc/sys/kernel/domainname", own + "/null")
            symlink("/proc/sys/kernel/core_pattern", own + "/console")
            let script =
                "stat -c %t:%T /proc/interrupts; wc -c < /proc/interrupts; echo x > /proc/sys/kernel/domainname"
            let outcome = try place.run("run", "--rm", "-v", "\(own):/dev", "busybox", "sh", "-c", script)
            #expect(outcome.lines == ["1:3", "0"], "\(outcome.output)\(outcome.errors)")
            #expect(outcome.code != 0)
        }
    }

    /// CVE-2025-52565: the terminal is bound on /dev/console before anything is hidden.
    @Test func aFalseConsoleOpensNothing() throws {
        try Workplace.with { (place) throws in
            let pattern = Command.text("/proc/sys/kernel/core_pattern")
            let root = place.directory + "/image"
            try FileManager.default.copyItem(atPath: BusyboxRoot.path, toPath: root)
            try? FileManager.default.createDirectory(atPath: root + "/dev", withIntermediateDirectories: true)
            symlink("/proc/sys/kernel/core_pattern", root + "/dev/console")
            symlink("/proc/sysrq-trigger", root + "/dev/ptmx")
            #expect(try place.run("import", root, "false").code == 0)
            let script = "test -c /dev/console && echo console; echo x > /proc/sys/kernel/core_pattern || echo refused"
            let outcome = try place.run("run", "--rm", "-t", "false", "/bin/sh", "-c", script)
            #expect(outcome.output.contains("console") && outcome.output.contains("refused"))
            #expect(Command.text("/proc/sys/kernel/core_pattern") == pattern)
        }
    }
}
