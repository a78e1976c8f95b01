import Engine
import Foundation
import Harness
import Testing

@testable import HostEngine

struct HostFilesTests {
    private static let id = String(repeating: "0123456789abcdef", count: 4)

    /// A tree of directories that stands for cgroups.
    private func withTree(_ paths: [String], _ body: (String) throws -> Void) throws {
        let root = try TemporaryDirectory.make("spyhop-host")
        defer { try? FileManager.default.removeItem(atPath: root) }
        for path in paths {
            try FileManager.default.createDirectory(atPath: root + path, withIntermediateDirectories: true)
        }
        try body(root)
    }

    @Test func aTreeIsWalkedThroughAndContainersAreNotLookedInto() throws {
        let id = Self.id
        try withTree([
            "/docker/\(id)/inner/docker/\(id)", "/system.slice/ssh.service", "/lxc.payload.web", "/user.slice/x",
        ]) { root in
            let found = CgroupWalk(roots: [root]).containers()
            #expect(
                Set(found.map { "\($0.name.origin.rawValue) \($0.path)" }) == [
                    "docker /docker/\(id)", "systemd /system.slice/ssh.service", "lxc /lxc.payload.web",
                ])
            #expect(CgroupWalk(roots: [root, root]).containers().count == found.count)
        }
    }

    @Test func processesBelowCountAsTheContainers() throws {
        try withTree(["/a/b/c"]) { root in
            try "\n".write(toFile: root + "/a/cgroup.procs", atomically: true, encoding: .utf8)
            try "41\n7\n".write(toFile: root + "/a/b/c/cgroup.procs", atomically: true, encoding: .utf8)
            #expect(CgroupWalk.firstProcess(in: root + "/a") == 41)
            #expect(CgroupWalk.processes(in: root + "/a") == [41, 7])
            #expect(CgroupWalk.firstProcess(in: root + "/none") == nil)
        }
    }

    @Test func dockersFilesTellNameImageAndLog() throws {
        let id = Self.id
        try withTree(["/var/lib/docker/containers/\(id)", "/var/log/containers"]) { root in
            let text =
                #"{"Name":"/web","Created":"2026-01-02T03:04:05Z","Config":{"Image":"nginx:1","Labels":{"a":"b"}},"LogPath":""}"#
            try text.write(
                toFile: root + "/var/lib/docker/containers/\(id)/config.v2.json", atomically: true, encoding: .utf8)
            try "".write(
                toFile: root + "/var/log/containers/shop-1_default_front-\(id).log", atomically: true, encoding: .utf8)
            let files = EngineFiles(root: root)
            let docker = files.facts(CgroupName(["docker", id])!, ProcessFacts(pid: 0))
            #expect(docker.name == "web" && docker.image == "nginx:1" && docker.labels == ["a": "b"])
            #expect(docker.logPath == "/var/lib/docker/containers/\(id)/\(id)-json.log")
            let pod = CgroupName(["kubepods", "pod3f5b8e0e-6c1b-4a5d-9c3e-0123456789ab", id])!
            #expect(files.facts(pod, ProcessFacts(pid: 0)).name == "shop-1/front")
            #expect(EngineFiles(root: root + "/none").facts(pod, ProcessFacts(pid: 0)).name == nil)
        }
    }

    @Test func theDataDirectoryFollowsFromTheLayersPlace() {
        #expect(
            EngineFiles.dataDirectories("/srv/d/overlay2/ab/diff", "/overlay2/", "/var/lib/docker") == [
                "/srv/d", "/var/lib/docker",
            ])
        #expect(EngineFiles.dataDirectories(nil, "/overlay2/", "/var/lib/docker") == ["/var/lib/docker"])
    }

    @Test func bothSyntaxesOfLogsAreRead() throws {
        let json = try #require(
            LogSyntax.line(Array(#"{"log":"a\n","stream":"stderr","time":"2026-01-02T03:04:05.5Z"}"#.utf8)[...]))
        #expect(json.stream == .stderr && json.bytes == Array("a".utf8) && !json.isPartial)
        let cri = try #require(LogSyntax.line(Array("2026-01-02T03:04:05.5Z stdout P half a".utf8)[...]))
        #expect(cri.isPartial && String(decoding: cri.bytes, as: UTF8.self) == "half a")
        for text in ["", "{", "x y z", "{}", "2026 stdout F a"] {
            #expect(LogSyntax.line(Array(text.utf8)[...]) == nil)
        }
    }
}
