import Foundation
import Harness
import Testing

/// config-linux.md: masked and read-only paths, sysctls.
@Suite(.needsRoot)
struct HiddenPathTests {
    @Test(.clause("config-linux.md#masked-paths"))
    func maskedFilesReadEmptyAndMaskedDirectoriesListNothing() throws {
        try Box.with { (box) throws in
            mkdir(box.rootfs + "/secrets", 0o755)
            try "secret".write(toFile: box.rootfs + "/secrets/key", atomically: true, encoding: .utf8)
            try "secret".write(toFile: box.rootfs + "/etc/secret", atomically: true, encoding: .utf8)
            box.config["linux", "maskedPaths"] = ["/secrets", "/etc/secret", "/proc/kcore", "/no/such/path"]
            let text = try box.output(of: "ls -A /secrets; cat /etc/secret; cat /proc/kcore | head -c1 | wc -c")
            #expect(text == "0")
        }
    }

    @Test(.clause("config-linux.md#masked-paths"))
    func maskedPathsCannotBeWritten() throws {
        try Box.with { (box) throws in
            mkdir(box.rootfs + "/secrets", 0o777)
            box.config["linux", "maskedPaths"] = ["/secrets"]
            #expect(try box.run("touch /secrets/file").code != 0)
            #expect(access(box.rootfs + "/secrets/file", F_OK) != 0)
        }
    }

    @Test(.clause("config-linux.md#readonly-paths"))
    func readonlyPathsCanBeReadAndNotWritten() throws {
        try Box.with { (box) throws in
            mkdir(box.rootfs + "/data", 0o755)
            mkdir(box.rootfs + "/data/sub", 0o755)
            try "text\n".write(toFile: box.rootfs + "/data/sub/file", atomically: true, encoding: .utf8)
            box.config["linux", "readonlyPaths"] = ["/data", "/proc/sys", "/no/such/path"]
            let script =
                "cat /data/sub/file; echo x > /data/sub/file || echo refused; touch /data/new || echo refused; echo 1 > /proc/sys/kernel/domainname || echo refused"
            #expect(try box.run(script).trimmed == "text\nrefused\nrefused\nrefused")
        }
    }

    @Test(.clause("config-linux.md#masked-paths"), arguments: ["maskedPaths", "readonlyPaths"])
    func aRelativePathIsRefusedOrHasNoEffect(field: String) throws {
        try Box.with { (box) throws in
            box.config["linux", field] = ["etc"]
            let outcome = try box.run("touch /etc/new && ls /etc")
            #expect(outcome.code != 0 || outcome.output.contains("passwd"))
        }
    }

    @Test(.clause("config-linux.md#sysctl"))
    func sysctlsAreSetInTheirNamespaces() throws {
        try Box.with { (box) throws in
            box.setNamespace("network")
            box.config["linux", "sysctl"] = [
                "net.ipv4.ip_forward": "1", "kernel.shm_rmid_forced": "1", "fs.mqueue.msg_max": "20",
                "kernel.domainname": "by.sysctl",
            ]
            let text = try box.run(
                "cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/shm_rmid_forced /proc/sys/fs/mqueue/msg_max /proc/sys/kernel/domainname"
            )
            #expect(text.trimmed == "1\n1\n20\nby.sysctl", "\(text.errors)")
        }
    }

    @Test(.clause("config-linux.md#sysctl"), arguments: ["vm.swappiness", "kernel.panic"])
    func aSysctlOfTheWholeHostIsRefused(name: String) throws {
        try Box.with { (box) throws in
            let file = "/proc/sys/" + name.replacingOccurrences(of: ".", with: "/")
            let before = Command.text(file)
            box.config["linux", "sysctl"] = .object([
                name: .string(before.trimmingCharacters(in: .whitespacesAndNewlines))
            ])
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#sysctl"))
    func aNetworkSysctlWithoutItsOwnNetworkIsRefused() throws {
        try Box.with { (box) throws in
            let before = Command.text("/proc/sys/net/ipv4/ip_default_ttl").trimmingCharacters(
                in: .whitespacesAndNewlines)
            box.config["linux", "sysctl"] = ["net.ipv4.ip_default_ttl": .string(before)]
            try box.expectRefusal(of: box.create())
        }
    }
}
