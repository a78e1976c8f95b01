import Foundation
import Harness
import Testing

/// config.md: what a runtime must refuse, with a message that names the place, leaving nothing.
@Suite(.needsRoot)
struct InvalidInputTests {
    @Test(.clause("config.md#specification-version"))
    func aMissingVersionIsRefused() throws {
        try Box.with { (box) throws in
            box.config["ociVersion"] = nil
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#specification-version"), arguments: ["2.0.0", "one", "0.1.0", ""])
    func aVersionThatIsNotSupportedIsRefused(version: String) throws {
        try Box.with { (box) throws in
            box.config["ociVersion"] = .string(version)
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(
        .clause("config.md#specification-version"),
        arguments: ["1.0.0", "1.0.2", "1.1.0", "1.2.0", "1.2.1", "1.0.2-dev", "1.3.0"])
    func everyVersionOfTheSameMajorIsTaken(version: String) throws {
        try Box.with { (box) throws in
            box.config["ociVersion"] = .string(version)
            #expect(try box.output(of: "echo taken") == "taken")
        }
    }

    @Test(.clause("config.md#extensibility"))
    func unknownPropertiesAreIgnored() throws {
        try Box.with { (box) throws in
            box.config["com.example.extension"] = ["some": ["thing": 1]]
            box.config["process", "inventedProperty"] = true
            box.config["linux", "inventedProperty"] = [1, 2, 3]
            #expect(try box.output(of: "echo taken") == "taken")
        }
    }

    @Test(.clause("config.md"), arguments: ["", "{", "[]", "null", "{\"ociVersion\": \"1.0.2\",}"])
    func aDocumentThatIsNoConfigurationIsRefused(text: String) throws {
        try Box.with { (box) throws in
            try text.write(toFile: box.bundle + "/config.json", atomically: true, encoding: .utf8)
            let outcome = try box.call("create", "--bundle", box.bundle, box.id)
            try box.expectRefusal(of: outcome)
        }
    }

    /// A path in the document, what is written there, and whether a good message names the path.
    static let wrongTypes: [([String], JSON)] = [
        (["process", "args"], "sh"), (["process", "env"], ["KEY": "value"]), (["process", "user", "uid"], "root"),
        (["process", "terminal"], "yes"), (["root", "readonly"], "yes"), (["hostname"], 7),
        (["mounts"], ["destination": "/mnt"]), (["linux", "namespaces"], ["type": "pid"]),
        (["linux", "maskedPaths"], "/proc"), (["linux", "resources", "pids", "limit"], "many"),
        (["linux", "resources", "memory", "limit"], "64m"), (["annotations"], ["key"]), (["hooks"], ["prestart"]),
        (["process", "rlimits"], ["RLIMIT_NOFILE"]), (["process", "user", "uid"], -1),
    ]

    @Test(.clause("config.md"), arguments: wrongTypes.indices)
    func aValueOfTheWrongTypeIsRefused(index: Int) throws {
        try Box.with { (box) throws in
            let (path, value) = Self.wrongTypes[index]
            switch path.count {
            case 1: box.config[path[0]] = value
            case 2: box.config[path[0], path[1]] = value
            case 3: box.config[path[0], path[1], path[2]] = value
            default: box.config[path[0], path[1], path[2], path[3]] = value
            }
            let outcome = try box.create()
            try box.expectRefusal(of: outcome)
            let name = path.last ?? ""
            #expect(
                outcome.errors.lowercased().contains(name.lowercased()),
                "the message does not name \(name): \(outcome.errors)")
        }
    }

    @Test(.clause("config.md#linux-process"))
    func anUnknownCapabilityIsRefusedOrLeftOut() throws {
        try Box.with { (box) throws in
            box.grant("KILL", "FLY")
            // "SHOULD be logged … a container MUST NOT get more": both answers conform.
            let outcome = try box.run("grep ^CapEff /proc/1/status")
            #expect(outcome.code != 0 || outcome.trimmed == "CapEff:\t0000000000000020")
        }
    }

    @Test(.clause("runtime.md#create"), arguments: ["..", "../escape", "a/b", ""])
    func anIdentifierThatIsNoNameIsRefused(identifier: String) throws {
        try Box.with { (box) throws in
            try box.writeConfiguration()
            let outcome = try box.call("create", "--bundle", box.bundle, "--", identifier)
            #expect(outcome.code != 0)
            #expect(box.cgroupDirectories() == [])
        }
    }

    @Test(.clause("config-linux.md#cgroups-path"))
    func aCgroupsPathThatClimbsStaysInsideTheHierarchies() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "cgroupsPath"] = .string("/../../../../tmp/spyhop-conformance-\(box.id)")
            let outcome = try box.run("true")
            #expect(access("/tmp/spyhop-conformance-\(box.id)", F_OK) != 0, "code \(outcome.code)")
            CgroupTree.directories(at: "/tmp/spyhop-conformance-\(box.id)").forEach(CgroupTree.remove)
            CgroupTree.directories(at: "/tmp").forEach { rmdir($0) }
        }
    }
}
