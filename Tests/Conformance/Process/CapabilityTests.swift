import Foundation
import Harness
import Testing

/// config.md: capabilities and what else decides what the process may do.
@Suite(.needsRoot)
struct CapabilityTests {
    /// Each set, and its line in /proc/PID/status.
    static let sets = [
        "bounding": "CapBnd", "effective": "CapEff", "permitted": "CapPrm", "inheritable": "CapInh",
        "ambient": "CapAmb",
    ]
    private static let kill: UInt64 = 1 << 5
    private static let bind: UInt64 = 1 << 10
    private static let raw: UInt64 = 1 << 13

    /// The five masks that the container's first process has.
    private func masks(_ box: Box) throws -> [String: UInt64] {
        let text = try box.output(of: "grep ^Cap /proc/1/status")
        var found: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":")
            found[String(parts[0])] = UInt64(parts[1].trimmingCharacters(in: .whitespaces), radix: 16)
        }
        return found
    }

    @Test(.clause("config.md#linux-process"))
    func eachOfTheFiveSetsIsWhatIsAskedFor() throws {
        try Box.with { (box) throws in
            box.config["process", "capabilities"] = [
                "bounding": ["CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW"],
                "permitted": ["CAP_KILL", "CAP_NET_BIND_SERVICE"],
                "effective": ["CAP_KILL", "CAP_NET_BIND_SERVICE"],
                "inheritable": ["CAP_KILL", "CAP_NET_BIND_SERVICE"], "ambient": ["CAP_KILL"],
            ]
            // An ordinary user keeps at exec what is ambient, and nothing else.
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            let found = try masks(box)
            #expect(found["CapBnd"] == Self.kill | Self.bind | Self.raw)
            #expect(found["CapInh"] == Self.kill | Self.bind)
            #expect(found["CapAmb"] == Self.kill)
            #expect(found["CapPrm"] == Self.kill)
            #expect(found["CapEff"] == Self.kill)
        }
    }

    @Test(.clause("config.md#linux-process"))
    func rootGetsWhatTheBoundingSetHolds() throws {
        try Box.with { (box) throws in
            box.grant("KILL", "NET_RAW")
            let found = try masks(box)
            for set in ["CapBnd", "CapEff", "CapPrm"] { #expect(found[set] == Self.kill | Self.raw, "\(set)") }
            for set in ["CapInh", "CapAmb"] { #expect(found[set] == 0, "\(set)") }
        }
    }

    @Test(.clause("config.md#linux-process"))
    func withoutCapabilitiesThereAreNone() throws {
        try Box.with { (box) throws in
            box.config["process", "capabilities"] = [:]
            for (set, mask) in try masks(box) { #expect(mask == 0, "\(set)") }
        }
    }

    @Test(.clause("config.md#linux-process"))
    func anOrdinaryUserHasNothingButTheBoundingSet() throws {
        try Box.with { (box) throws in
            box.grant("KILL", "CHOWN")
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            let found = try masks(box)
            #expect(found["CapEff"] == 0)
            #expect(found["CapPrm"] == 0)
            #expect(found["CapBnd"] == Self.kill | 1)
        }
    }

    @Test(.clause("config.md#linux-process"))
    func aMissingCapabilityIsMissed() throws {
        try Box.with { (box) throws in
            box.config["process", "capabilities"] = [:]
            #expect(try box.run("chown 1000 /tmp").code != 0)
            box.grant("CHOWN")
            #expect(try box.run("chown 1000 /tmp").code == 0)
        }
    }

    @Test(.clause("config.md#linux-process"))
    func aCapabilityThatTheHostDoesNotGrantEndsInNoMoreThanItHas() throws {
        try Box.with { (box) throws in
            guard !RuntimeUnderTest.mayRaiseLimits else {
                throw CannotRun("this host grants every capability")
            }
            box.grant("SYS_RESOURCE", "KILL")
            let outcome = try box.run("grep CapEff /proc/1/status")
            // The specification leaves the choice between a warning and an error; more rights are never right.
            if outcome.code == 0 {
                let words = outcome.trimmed.split(separator: "\t")
                #expect(words.last.flatMap { UInt64($0, radix: 16) } == Self.kill)
            }
        }
    }

    @Test(.clause("config.md#linux-process"), arguments: [true, false])
    func noNewPrivilegesIsWhatIsAskedFor(wanted: Bool) throws {
        try Box.with { (box) throws in
            box.config["process", "noNewPrivileges"] = .bool(wanted)
            let text = try box.output(of: "grep ^NoNewPrivs /proc/1/status")
            #expect(text == "NoNewPrivs:\t\(wanted ? 1 : 0)")
        }
    }

    @Test(.clause("config.md#linux-process"))
    func noNewPrivilegesTakesTheForceFromSetuidPrograms() throws {
        try Box.with { (box) throws in
            let copy = box.rootfs + "/bin/elevated"
            try FileManager.default.copyItem(atPath: Probe.path ?? "", toPath: copy)
            chmod(copy, 0o4755)
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            box.grant("SETUID")
            // 107 is geteuid on x86-64, 175 on arm64.
            let script = "elevated call \(Self.geteuidNumber)"
            box.config["process", "noNewPrivileges"] = false
            #expect(try box.output(of: script) == "result=0 errno=0")
            box.config["process", "noNewPrivileges"] = true
            #expect(try box.output(of: script) == "result=1000 errno=0")
        }
    }

    #if arch(arm64)
    private static let geteuidNumber = 175
    #else
    private static let geteuidNumber = 107
    #endif
}
