import Foundation
import Harness
import Testing

/// config.md: process, its arguments, environment, directory, identity.
@Suite(.needsRoot)
struct ProcessTests {
    @Test(.clause("config.md#process"))
    func argsAreTheCommandLineToTheLetter() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = [
                "sh", "-c", "printf '%s|' \"$0\" \"$@\"", "zero", "one two", "", "\"three\"",
            ]
            #expect(try box.run().output == "zero|one two||\"three\"|")
        }
    }

    @Test(.clause("config.md#process"))
    func theProgramIsSearchedInThePathOfTheContainer() throws {
        try Box.with { (box) throws in
            box.config["process", "env"] = ["PATH=/opt/tools"]
            mkdir(box.rootfs + "/opt", 0o755)
            mkdir(box.rootfs + "/opt/tools", 0o755)
            symlink("/bin/busybox", box.rootfs + "/opt/tools/echo")
            box.config["process", "args"] = ["echo", "found"]
            #expect(try box.run().output == "found\n")
        }
    }

    @Test(.clause("config.md#process"))
    func envIsTheWholeEnvironment() throws {
        try Box.with { (box) throws in
            box.config["process", "env"] = ["PATH=/bin", "EMPTY=", "SPACES=a b", "EQUALS=a=b", "HOME=/tmp"]
            box.config["process", "args"] = ["env"]
            let lines = try Set(box.run().lines)
            #expect(lines == ["PATH=/bin", "EMPTY=", "SPACES=a b", "EQUALS=a=b", "HOME=/tmp"])
        }
    }

    @Test(.clause("config.md#process"))
    func cwdIsTheWorkingDirectory() throws {
        try Box.with { (box) throws in
            box.config["process", "cwd"] = "/usr/bin"
            #expect(try box.output(of: "pwd; readlink /proc/self/cwd") == "/usr/bin\n/usr/bin")
        }
    }

    @Test(.clause("config.md#process"))
    func aRelativeCwdIsRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "cwd"] = "usr/bin"
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#process"))
    func missingArgsAreRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = nil
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-platform-user"))
    func uidAndGidAreTheIdentity() throws {
        try Box.with { (box) throws in
            box.config["process", "user"] = ["uid": 1234, "gid": 4321]
            let text = try box.output(of: "grep -E '^(Uid|Gid)' /proc/self/status")
            #expect(text == "Uid:\t1234\t1234\t1234\t1234\nGid:\t4321\t4321\t4321\t4321")
        }
    }

    @Test(.clause("config.md#posix-platform-user"))
    func additionalGidsAreTheWholeOfTheOtherGroups() throws {
        try Box.with { (box) throws in
            box.config["process", "user"] = ["uid": 1000, "gid": 1000, "additionalGids": [5, 77, 4000]]
            let text = try box.output(of: "grep ^Groups /proc/self/status")
            #expect(text.split(whereSeparator: { $0 == " " || $0 == "\t" }) == ["Groups:", "5", "77", "4000"])
        }
    }

    @Test(.clause("config.md#posix-platform-user"))
    func withoutAdditionalGidsNoGroupOfTheHostRemains() throws {
        try Box.with { (box) throws in
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            let words = try box.output(of: "grep ^Groups /proc/self/status").split { $0 == " " || $0 == "\t" }
            #expect(words.dropFirst().allSatisfy { $0 == "1000" })
        }
    }

    @Test(.clause("config.md#posix-platform-user"), arguments: ["0077", "0", "0777"])
    func umaskIsThatOfTheProcess(mask: String) throws {
        try Box.with { (box) throws in
            box.config["process", "user", "umask"] = .number(Double(Int(mask, radix: 8) ?? 0))
            let text = try box.output(of: "umask")
            #expect(Int(text, radix: 8) == Int(mask, radix: 8))
        }
    }

    @Test(.clause("config.md#posix-platform-user"))
    func umaskWithoutAWordIsTheUsualOne() throws {
        try Box.with { (box) throws in
            #expect(try Int(box.output(of: "umask"), radix: 8) == 0o022)
        }
    }

    @Test(.clause("config.md#process"))
    func signalsAreNeitherBlockedNorIgnored() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = ["cat", "/proc/self/status"]
            let lines = try box.run().lines.filter { $0.hasPrefix("SigBlk") || $0.hasPrefix("SigIgn") }
            let masks = lines.compactMap { UInt64($0.dropFirst(8), radix: 16) }
            // Signals 32 and 33 belong to the C library of whoever started the runtime.
            #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
        }
    }

    @Test(.clause("config.md#process"))
    func noDescriptorOfTheRuntimeReachesTheProcess() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = ["probe", "fds"]
            #expect(try box.run().trimmed == "0 1 2")
        }
    }

    @Test(.clause("config.md#process"))
    func preservedDescriptorsReachTheProcessAndNoOthers() throws {
        try Box.with { (box) throws in
            let file = box.directory + "/handed"
            try "handed over\n".write(toFile: file, atomically: true, encoding: .utf8)
            box.setScript("cat <&4; probe fds")
            let outcome = try box.run(flags: ["--preserve-fds", "2"], descriptors: [(file, 3), (file, 4), (file, 5)])
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.lines.first == "handed over")
            #expect(outcome.lines.last?.trimmingCharacters(in: .whitespaces) == "0 1 2 3 4")
        }
    }

    @Test(.clause("config.md#process"))
    func theProcessLeadsItsSession() throws {
        try Box.with { (box) throws in
            // Fields 5 and 6 of stat: process group and session, which are 1 for a leader in its own pid namespace.
            #expect(try box.output(of: "cut -d' ' -f1,5,6 /proc/1/stat") == "1 1 1")
        }
    }

    @Test(.clause("config.md#process"))
    func anEmptyPathOfTheProgramIsRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = []
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#hostname"))
    func hostnameIsSetInItsOwnNamespace() throws {
        try Box.with { (box) throws in
            box.config["hostname"] = "humpback"
            #expect(try box.output(of: "hostname; cat /proc/sys/kernel/hostname") == "humpback\nhumpback")
        }
    }

    @Test(.clause("config.md#domainname"))
    func domainnameIsSetInItsOwnNamespace() throws {
        try Box.with { (box) throws in
            box.config["domainname"] = "sea.example"
            #expect(try box.output(of: "cat /proc/sys/kernel/domainname") == "sea.example")
        }
    }

    @Test(.clause("config.md#hostname"))
    func hostnameWithoutItsOwnNamespaceIsRefused() throws {
        try Box.with { (box) throws in
            box.removeNamespace("uts")
            try box.expectRefusal(of: box.create())
        }
    }
}
