import Foundation
import Harness
import Testing

/// config-linux.md: namespaces, new, inherited and joined.
@Suite(.needsRoot)
struct NamespaceTests {
    /// The types of the specification, and their files in /proc/PID/ns.
    static let files = [
        "pid": "pid", "network": "net", "mount": "mnt", "ipc": "ipc", "uts": "uts", "user": "user",
        "cgroup": "cgroup", "time": "time",
    ]

    private func identity(_ process: String, _ file: String) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/\(file)")) ?? ""
    }

    /// Makes the user namespace usable: everybody of the container is somebody of the host.
    private func mapUsers(_ box: Box) {
        let mapping: JSON = [["containerID": 0, "hostID": 0, "size": 65536]]
        box.config["linux", "uidMappings"] = mapping
        box.config["linux", "gidMappings"] = mapping
    }

    @Test(
        .clause("config-linux.md#namespaces"),
        arguments: ["pid", "network", "mount", "ipc", "uts", "user", "cgroup", "time"])
    func aNamespaceWithoutAPathIsANewOne(type: String) throws {
        try Box.with { (box) throws in
            let file = try #require(Self.files[type])
            box.setNamespace(type)
            if type == "user" { mapUsers(box) }
            try box.startSleeping()
            let found = identity("\(box.pid)", file)
            #expect(!found.isEmpty)
            #expect(found != identity("self", file))
        }
    }

    @Test(.clause("config-linux.md#namespaces"), arguments: ["network", "ipc", "uts", "user", "cgroup", "time", "pid"])
    func aNamespaceThatIsNotNamedIsTheRuntimesOwn(type: String) throws {
        try Box.with { (box) throws in
            let file = try #require(Self.files[type])
            box.removeNamespace(type)
            if type == "uts" { box.config["hostname"] = nil }
            try box.start(running: "exec sleep 1000")
            #expect(identity("\(box.pid)", file) == identity("self", file))
        }
    }

    @Test(
        .clause("config-linux.md#namespaces"),
        arguments: ["pid", "network", "ipc", "uts", "cgroup", "time", "user", "mount"])
    func aNamespaceWithAPathIsJoined(type: String) throws {
        try Box.with { (first) throws in
            let file = try #require(Self.files[type])
            first.setNamespace(type)
            if type == "user" { mapUsers(first) }
            try first.startSleeping()
            let owner = first.pid
            try #require(owner > 0)
            try Box.with { (box) throws in
                box.setNamespace(type, path: "/proc/\(owner)/ns/\(file)")
                if type == "uts" { box.config["hostname"] = nil }
                if type == "mount" {
                    box.config["mounts"] = []
                    box.config["linux", "maskedPaths"] = nil
                    // A path inside the namespace: nothing of the host's is there any more.
                    box.config["root", "path"] = "/"
                }
                try box.startSleeping()
                #expect(identity("\(box.pid)", file) == identity("\(owner)", file))
            }
        }
    }

    @Test(.clause("config-linux.md#namespaces"))
    func aJoinedPidNamespaceHasTheProcessBesideTheOthers() throws {
        try Box.with { (first) throws in
            try first.startSleeping()
            try Box.with { (box) throws in
                box.setNamespace("pid", path: "/proc/\(first.pid)/ns/pid")
                let text = try box.output(of: "echo own $$; cat /proc/1/cmdline | tr '\\0' ' '")
                #expect(!text.contains("own 1\n"))
                #expect(text.contains("sh -c trap"))
            }
        }
    }

    @Test(.clause("config-linux.md#namespaces"))
    func aPathOfAnotherTypeIsRefused() throws {
        try Box.with { (box) throws in
            box.setNamespace("ipc", path: "/proc/self/ns/net")
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#namespaces"))
    func aPathThatIsNoNamespaceIsRefused() throws {
        try Box.with { (box) throws in
            box.setNamespace("network", path: box.directory + "/nowhere")
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#namespaces"))
    func oneTypeGivenTwiceIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "namespaces"].append(["type": "pid"])
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#namespaces"))
    func anUnknownTypeIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "namespaces"].append(["type": "dream"])
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#network-devices"))
    func aNewNetworkHasALoopbackAndNothingElse() throws {
        try Box.with { (box) throws in
            box.setNamespace("network")
            #expect(try box.output(of: "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '") == "lo")
        }
    }

    @Test(.clause("config-linux.md#user-namespace-mappings"))
    func uidAndGidMappingsAreThoseOfTheNamespace() throws {
        try Box.with { (box) throws in
            box.setNamespace("user")
            box.config["linux", "uidMappings"] = [
                ["containerID": 0, "hostID": 100_000, "size": 1000], ["containerID": 1000, "hostID": 0, "size": 1],
            ]
            box.config["linux", "gidMappings"] = [["containerID": 0, "hostID": 200_000, "size": 2000]]
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: box.directory)
            let text = try box.output(of: "cat /proc/self/uid_map /proc/self/gid_map; id -u; id -g")
            let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
            #expect(lines == ["0 100000 1000", "1000 0 1", "0 200000 2000", "0", "0"])
        }
    }

    @Test(.clause("config-linux.md#user-namespace-mappings"))
    func theProcessOfAUserNamespaceIsAnotherUserOfTheHost() throws {
        try Box.with { (box) throws in
            box.setNamespace("user")
            box.config["linux", "uidMappings"] = [["containerID": 0, "hostID": 100_000, "size": 1000]]
            box.config["linux", "gidMappings"] = [["containerID": 0, "hostID": 100_000, "size": 1000]]
            box.config["process", "user"] = ["uid": 7, "gid": 8]
            try box.startSleeping()
            let text = Command.text("/proc/\(box.pid)/status")
            #expect(text.contains("Uid:\t100007\t100007\t100007\t100007"))
            #expect(text.contains("Gid:\t100008\t100008\t100008\t100008"))
        }
    }

    @Test(.clause("config-linux.md#user-namespace-mappings"))
    func mappingsWithoutAUserNamespaceAreRefused() throws {
        try Box.with { (box) throws in
            mapUsers(box)
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#time-offsets"))
    func timeOffsetsAreThoseOfTheNamespace() throws {
        try Box.with { (box) throws in
            box.setNamespace("time")
            box.config["linux", "timeOffsets"] = [
                "boottime": ["secs": 1_000_000, "nanosecs": 0], "monotonic": ["secs": 500_000, "nanosecs": 0],
            ]
            let text = try box.output(of: "cat /proc/self/timens_offsets; cut -d. -f1 /proc/uptime")
            let words = text.split(whereSeparator: \.isWhitespace)
            #expect(words.contains("500000") && words.contains("1000000"))
            #expect((words.last.flatMap { Int($0) } ?? 0) >= 1_000_000)
        }
    }

    @Test(.clause("config-linux.md#time-offsets"))
    func timeOffsetsWithoutATimeNamespaceAreRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "timeOffsets"] = ["boottime": ["secs": 100]]
            try box.expectRefusal(of: box.create())
        }
    }
}
