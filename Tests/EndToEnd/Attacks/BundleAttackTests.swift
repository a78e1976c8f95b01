import Foundation
import Harness
import Testing

/// The same attacks on containers of OCI bundles, as dockerd and podman have them made.
@Suite(.needsRoot)
struct BundleAttackTests {
    /// A bundle whose configuration is what `spyhop oci spec` writes, changed by `change`.
    private final class Hostile {
        let directory: String
        let name: String
        private let root: String

        init(_ place: Workplace, _ name: String, change: (inout [String: Any]) -> Void = { _ in }) throws {
            self.name = "\(name)-\(UUID().uuidString.prefix(8))"
            directory = place.directory + "/" + name
            root = place.directory + "/oci"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: BusyboxRoot.path, toPath: directory + "/rootfs")
            guard let attacker = Attacker.path else { throw HarnessError("there is no C compiler for the attacker") }
            try FileManager.default.copyItem(atPath: attacker, toPath: directory + "/rootfs/attacker")
            let made = try run(place, "spec", "--bundle", directory)
            guard made.code == 0 else { throw HarnessError("oci spec: \(made.errors)") }
            let path = URL(filePath: directory + "/config.json")
            let value = try JSONSerialization.jsonObject(with: Data(contentsOf: path))
            guard var configuration = value as? [String: Any] else { throw HarnessError("config.json is no object") }
            change(&configuration)
            try JSONSerialization.data(withJSONObject: configuration).write(to: path)
        }

        func run(_ place: Workplace, _ words: String...) throws -> Outcome { try run(place, words) }

        func run(_ place: Workplace, _ words: [String]) throws -> Outcome {
            try Command.run(
                [Programs.spyhop, "oci", "--root", root] + words, environment: place.environment,
                scratch: place.directory)
        }

        /// Runs it in the foreground with a directory of the host open as 9.
        func runHolding(_ open: String, _ place: Workplace, _ words: [String]) throws -> Outcome {
            let quoted = (["oci", "--root", root] + words).map { "'\($0)'" }.joined(separator: " ")
            return try Command.run(
                ["/bin/sh", "-c", "exec 9<'\(open)'; exec '\(Programs.spyhop)' \(quoted)"],
                environment: place.environment, scratch: place.directory)
        }

        func startDetached(_ place: Workplace) throws {
            let outcome = try run(place, "run", "--detach", "--bundle", directory, name)
            guard outcome.code == 0 else { throw HarnessError("oci run: \(outcome.errors)") }
        }

        func remove(_ place: Workplace) { _ = try? run(place, "delete", "--force", name) }
    }

    private func setProcess(_ configuration: inout [String: Any], _ args: [String], cwd: String = "/") {
        var process = configuration["process"] as? [String: Any] ?? [:]
        process["args"] = args
        process["cwd"] = cwd
        process["terminal"] = false
        configuration["process"] = process
    }

    /// CVE-2019-5736.
    @Test func theRuntimesFileIsNotWrittenWhileCommandsEnter() throws {
        try Workplace.with(image: false) { (place) throws in
            let programs = ["spyhop-monitor", "spyhop"].map { Programs.directory + "/" + $0 }
            let before = programs.map { FileManager.default.contents(atPath: $0) }
            let log = "/watch.log"
            let evil = try Hostile(place, "evil") {
                setProcess(&$0, ["/bin/sh", "-c", "exec /attacker overwrite /stop > \(log)"])
                var root = $0["root"] as? [String: Any] ?? [:]
                root["readonly"] = false
                $0["root"] = root
            }
            try evil.startDetached(place)
            defer { evil.remove(place) }
            let written = evil.directory + "/rootfs" + log
            try place.eventually("it watches") { Command.text(written).contains("WATCHING") }
            symlink("/proc/self/exe", evil.directory + "/rootfs/bait")
            for _ in 0..<16 {
                #expect(try evil.run(place, "exec", evil.name, "/bin/true").code == 0)
                #expect(try evil.run(place, "exec", evil.name, "/bait").code != 0)
            }
            _ = try evil.run(place, "exec", evil.name, "/bin/touch", "/stop")
            try place.eventually("it ends") { Command.text(written).contains("WRITTEN") }
            #expect(Command.text(written).contains("WRITABLE 0\nWRITTEN 0\n"), "\(Command.text(written))")
            #expect(programs.map { FileManager.default.contents(atPath: $0) } == before)
        }
    }

    /// CVE-2024-21626.
    @Test func neitherDirectoriesNorDescriptorsOfTheHostGetIn() throws {
        try Workplace.with(image: false) { (place) throws in
            let open = place.directory + "/open"
            mkdir(open, 0o755)
            try "treasure\n".write(toFile: open + "/secret", atomically: true, encoding: .utf8)
            for number in 3...12 {
                let evil = try Hostile(place, "evil\(number)") {
                    setProcess(
                        &$0, ["/bin/sh", "-c", "/attacker descriptors; cat secret ../../..\(open)/secret"],
                        cwd: "/proc/self/fd/\(number)")
                }
                defer { evil.remove(place) }
                let outcome = try evil.runHolding(open, place, ["run", "--bundle", evil.directory, evil.name])
                #expect(!outcome.output.contains("treasure"))
                #expect(outcome.code != 0)
            }
            let box = try Hostile(place, "box") { setProcess(&$0, ["/bin/sleep", "1000"]) }
            try box.startDetached(place)
            defer { box.remove(place) }
            let found = try box.runHolding(open, place, ["exec", box.name, "/attacker", "descriptors"])
            #expect(found.code == 0 && found.output.isEmpty, "\(found.output)\(found.errors)")
            for number in 3...12 {
                let words = ["exec", "--cwd", "/proc/self/fd/\(number)", box.name, "/bin/cat", "secret"]
                #expect(try !box.runHolding(open, place, words).output.contains("treasure"))
            }
        }
    }

    /// CVE-2025-31133: a bundle without a /dev of its own hides paths all the same, and with the real null device.
    @Test func aFalseNullDeviceInTheRootHidesNothingLess() throws {
        try Workplace.with(image: false) { (place) throws in
            let evil = try Hostile(place, "evil") {
                let mounts = $0["mounts"] as? [[String: Any]] ?? []
                $0["mounts"] = mounts.filter { ($0["destination"] as? String)?.hasPrefix("/dev") == false }
                setProcess(
                    &$0,
                    [
                        "/bin/sh", "-c",
                        "stat -c %t:%T /proc/interrupts; wc -c < /proc/interrupts; echo x > /proc/sys/kernel/domainname",
                    ])
                var linux = $0["linux"] as? [String: Any] ?? [:]
                linux["maskedPaths"] = ["/proc/interrupts"]
                linux["readonlyPaths"] = ["/proc/sys"]
                $0["linux"] = linux
            }
            defer { evil.remove(place) }
            let dev = evil.directory + "/rootfs/dev"
            try? FileManager.default.createDirectory(atPath: dev, withIntermediateDirectories: true)
            symlink("/proc/sys/kernel/domainname", dev + "/null")
            let outcome = try evil.run(place, "run", "--bundle", evil.directory, evil.name)
            // Refused or harmless: a device whose place is taken by a link may well be an error.
            #expect(outcome.code != 0)
            #expect(outcome.output.isEmpty || outcome.lines == ["1:3", "0"], "\(outcome.output)\(outcome.errors)")
        }
    }

    /// CVE-2025-52881: what the runtime writes for a process goes where the container says. (Labels take the same way;
    /// `BundlePlanTests` has the order, since this needs a machine with SELinux or AppArmor.)
    @Test func nothingIsWrittenIntoWhatTheContainerPutsOnProc() throws {
        try Workplace.with(image: false) { (place) throws in
            let box = try Hostile(place, "box") {
                // Its /proc is a directory of its own, in which what is written would land.
                let mounts = $0["mounts"] as? [[String: Any]] ?? []
                $0["mounts"] = mounts.filter { $0["destination"] as? String != "/proc" }
                var linux = $0["linux"] as? [String: Any] ?? [:]
                linux["maskedPaths"] = nil
                linux["readonlyPaths"] = nil
                linux["sysctl"] = ["kernel.shmmni": "4000"]
                $0["linux"] = linux
                setProcess(&$0, ["/bin/sleep", "1000"])
                var process = $0["process"] as? [String: Any] ?? [:]
                process["oomScoreAdj"] = 600
                $0["process"] = process
            }
            let proc = box.directory + "/rootfs/proc"
            for folder in ["self", "sys/kernel"] {
                try FileManager.default.createDirectory(
                    atPath: "\(proc)/\(folder)", withIntermediateDirectories: true)
            }
            let files = ["self/oom_score_adj", "sys/kernel/shmmni"].map { "\(proc)/\($0)" }
            for file in files { try "untouched\n".write(toFile: file, atomically: true, encoding: .utf8) }
            try box.startDetached(place)
            defer { box.remove(place) }
            let process = place.directory + "/process.json"
            let text = #"{"args":["/bin/sleep","1000"],"cwd":"/","user":{"uid":0,"gid":0},"oomScoreAdj":700}"#
            try text.write(toFile: process, atomically: true, encoding: .utf8)
            let pid = place.directory + "/pid"
            let words = ["exec", "--detach", "--process", process, "--pid-file", pid, box.name]
            #expect(try box.run(place, words).code == 0)
            for file in files { #expect(Command.text(file) == "untouched\n") }
            #expect(Command.text("/proc/\(Command.text(pid))/oom_score_adj") == "700\n")
        }
    }

    /// CVE-2021-30465, with a directory that the host swaps for a link as another container would.
    @Test func placesOfMountsAreNotLedOut() throws {
        try Workplace.with(image: false) { (place) throws in
            let (shared, trap, gift) = (
                place.directory + "/shared", place.directory + "/trap", place.directory + "/gift"
            )
            for folder in [shared, trap, gift, shared + "/real"] { mkdir(folder, 0o755) }
            symlink(trap, shared + "/link")
            let stop = place.directory + "/stop"
            let attacker = try #require(Attacker.path)
            let swapper = try Command.start([attacker, "swap", shared + "/real", shared + "/link", stop])
            defer {
                try? "".write(toFile: stop, atomically: true, encoding: .utf8)
                swapper.wait()
            }
            let box = try Hostile(place, "box") {
                var mounts = $0["mounts"] as? [[String: Any]] ?? []
                mounts.append(["destination": "/shared", "type": "bind", "source": shared, "options": ["rbind"]])
                mounts.append(
                    ["destination": "/shared/real/place", "type": "bind", "source": gift, "options": ["rbind"]])
                $0["mounts"] = mounts
                setProcess(&$0, ["/bin/sh", "-c", "mount | grep -c /place"])
                var root = $0["root"] as? [String: Any] ?? [:]
                root["readonly"] = false
                $0["root"] = root
            }
            var inside = 0
            for _ in 0..<16 {
                let outcome = try box.run(place, "run", "--bundle", box.directory, box.name)
                if outcome.trimmed == "1" { inside += 1 }
                box.remove(place)
                #expect(try FileManager.default.contentsOfDirectory(atPath: trap).isEmpty)
            }
            #expect(inside > 0)
            #expect(swapper.poll() == nil)
        }
    }
}
