import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct SecurityTests {
    @Test func namespacesAreTheContainersOwn() throws {
        try Workplace.with { (place) throws in
            let names = ["pid", "mnt", "uts", "ipc", "net", "cgroup"]
            let links = names.map { "/proc/self/ns/\($0)" }.joined(separator: " ")
            let inside = try place.run("run", "--rm", "busybox", "sh", "-c", "for n in \(links); do readlink $n; done")
                .lines
            #expect(inside.count == names.count)
            for (name, link) in zip(names, inside) {
                var buffer = [CChar](repeating: 0, count: 128)
                let length = readlink("/proc/self/ns/\(name)", &buffer, 127)
                let outside = String(
                    decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
                #expect(link.hasPrefix(name))
                #expect(link != outside)
            }
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", "ps | grep -c sh").trimmed != "0")
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", "ip -o link | wc -l").trimmed == "2")
        }
    }

    @Test func capabilitiesAreDockersDefaultSet() throws {
        try Workplace.with { (place) throws in
            func effective(_ flags: String...) throws -> String {
                let words = ["run", "--rm"] + flags + ["busybox", "sh", "-c", "grep CapEff /proc/self/status"]
                return String(try place.run(words).trimmed.suffix(16))
            }
            #expect(try effective() == "00000000a80425fb")
            #expect(try effective("--cap-drop", "ALL") == "0000000000000000")
            #expect(try effective("--cap-drop", "ALL", "--cap-add", "NET_ADMIN") == "0000000000001000")
            #expect(try effective("-u", "1000") == "0000000000000000")
            #expect(try place.run("run", "--rm", "--cap-add", "WHALE", "busybox", "true").code == 125)
        }
    }

    @Test func seccompFilterStandsAndCanBeTakenAway() throws {
        try Workplace.with { (place) throws in
            let mode = "grep -E '^Seccomp:' /proc/self/status | tr -d '\\t '"
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", mode).trimmed == "Seccomp:2")
            #expect(
                try place.run("run", "--rm", "--security-opt", "seccomp=unconfined", "busybox", "sh", "-c", mode)
                    .trimmed == "Seccomp:0")
            #expect(try place.run("run", "--rm", "busybox", "unshare", "-m", "true").code != 0)
            let profile = place.directory + "/profile.json"
            let text =
                #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":13}]}"#
            try text.write(toFile: profile, atomically: true, encoding: .utf8)
            let refused = try place.run(
                "run", "--rm", "--security-opt", "seccomp=\(profile)", "busybox", "mkdir", "/tmp/x")
            #expect(refused.errors.contains("Permission denied"))
            try "{".write(toFile: profile, atomically: true, encoding: .utf8)
            #expect(try place.run("run", "--rm", "--security-opt", "seccomp=\(profile)", "busybox", "true").code == 125)
        }
    }

    @Test func hostPathsAreMaskedOrReadOnly() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(
                "run", "--rm", "busybox", "sh", "-c",
                "cat /proc/kcore /proc/keys /proc/timer_list 2>/dev/null | wc -c; ls /proc/acpi 2>/dev/null | wc -l; echo 1 > /proc/sys/kernel/panic; touch /sys/x"
            )
            #expect(outcome.lines.prefix(2) == ["0", "0"])
            #expect(outcome.errors.contains("Read-only"))
            #expect(outcome.code != 0)
        }
    }

    @Test func noNewPrivilegesIsKept() throws {
        try Workplace.with { (place) throws in
            let word = "grep NoNewPrivs /proc/self/status | tr -d '\\t '"
            #expect(
                try place.run("run", "--rm", "--security-opt", "no-new-privileges", "busybox", "sh", "-c", word).trimmed
                    == "NoNewPrivs:1")
        }
    }

    @Test func nothingOfTheHostLeaksIn() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(
                "run", "--rm", "busybox", "sh", "-c", "echo $(ls /proc/self/fd); env | sort",
                environment: ["SECRET=host"])
            #expect(outcome.lines.first == "0 1 2 3")
            #expect(!outcome.output.contains("SECRET"))
            #expect(outcome.lines.contains { $0.hasPrefix("PATH=/usr/local/sbin") })
        }
    }

    @Test func furtherProcessesAreConfinedAsTheFirst() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            let words = "grep -E '^(CapEff|CapBnd|Seccomp):' /proc/self/status | tr -d '\\t '; echo $(ls /proc/self/fd)"
            let expected = ["CapEff:00000000a80425fb", "CapBnd:00000000a80425fb", "Seccomp:2", "0 1 2 3"]
            #expect(try place.run("exec", "box", "sh", "-c", words).lines == expected)
            #expect(try place.run("exec", "box", "unshare", "-m", "true").code != 0)
        }
    }

    @Test func initHasNoMoreRightsThanItsCommand() throws {
        try Workplace.with { (place) throws in
            let fields = "^(Uid|CapPrm|CapEff|CapBnd|Seccomp|NoNewPrivs):"
            let words = "for p in 1 self; do grep -E '\(fields)' /proc/$p/status; done"
            for user in ["root", "worker"] {
                let lines = try place.run("run", "--rm", "--init", "-u", user, "busybox", "sh", "-c", words).lines
                #expect(lines.count == 12)
                #expect(Array(lines.prefix(6)) == Array(lines.suffix(6)))
            }
        }
    }

    @Test func whatMayHoldSecretsIsItsOwnersAlone() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "-e", "PASSWORD=secret", "busybox", "sleep", "1000")
            let identifier = try place.run("inspect", "-f", "{{.Id}}", "box").trimmed
            let container = "containers/\(identifier)"
            let paths = [
                "spyhop.db", "events.jsonl", "blobs", "layers", container, "\(container)/container.log",
                "run/\(identifier).sock",
            ]
            for path in paths {
                var facts = stat()
                #expect(stat("\(place.root)/\(path)", &facts) == 0, "\(path)")
                #expect(facts.st_mode & 0o007 == 0, "\(path)")
            }
        }
    }

    @Test func monitorsFileCannotBeWrittenThroughProc() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            let monitor = try place.run("inspect", "-f", "{{.Monitor.Pid}}", "box").trimmed
            var facts = statvfs()
            #expect(statvfs("/proc/\(monitor)/exe", &facts) == 0)
            #expect(facts.f_flag & UInt(ST_RDONLY) != 0)
        }
    }

    @Test func imagesCannotLeadTheKernelsFileSystemsAstray() throws {
        try Workplace.with(image: false) { (place) throws in
            let root = place.directory + "/image"
            try FileManager.default.createDirectory(atPath: root + "/bin", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: BusyboxRoot.path + "/bin/busybox", toPath: root + "/bin/sh")
            symlink("/elsewhere", root + "/proc")
            #expect(try place.run("import", root, "astray").code == 0)
            let outcome = try place.run("run", "--rm", "astray", "/bin/sh", "-c", "true")
            #expect(outcome.code == 125)
            #expect(outcome.errors.contains("/proc"))
        }
    }

    @Test func copiesCannotBeLedOutOfTheContainer() throws {
        try Workplace.with { (place) throws in
            let target = place.directory + "/host-file"
            try "untouched\n".write(toFile: target, atomically: true, encoding: .utf8)
            try place.run(
                "run", "-d", "--name", "evil", "busybox", "sh", "-c", "ln -s \(place.directory) /way-out; sleep 1000")
            try place.eventually("link made") { try place.run("exec", "evil", "readlink", "/way-out").code == 0 }
            let letter = place.directory + "/letter"
            try "payload\n".write(toFile: letter, atomically: true, encoding: .utf8)
            _ = try place.run("cp", letter, "evil:/way-out/host-file")
            #expect(Command.text(target) == "untouched\n")
            #expect(try place.run("cp", "evil:/way-out/host-file", place.directory + "/stolen").code == 1)
            #expect(Command.text(place.directory + "/stolen") == "")
        }
    }
}
