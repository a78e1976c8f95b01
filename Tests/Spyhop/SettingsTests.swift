import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct SettingsTests {
    private static func settle(
        _ arguments: [String], _ variables: [String: String] = [:], isRoot: Bool = true,
        runtimeDirectory: String? = nil
    ) throws -> Settings {
        try Settings(
            GlobalOptions.parse(arguments).choice,
            ProcessEnvironment(
                lookup: { variables[$0] }, workingDirectory: "/w", isRoot: isRoot, runtimeDirectory: runtimeDirectory))
    }

    @Test func commandLineBeatsEnvironmentBeatsDefault() throws {
        let variables = ["SPYHOP_ROOT": "/env", "SPYHOP_LOG_LEVEL": "info", "SPYHOP_CGROUP_PARENT": "p"]
        let all = try Self.settle(["--root", "/option", "--log-level", "debug"], variables)
        #expect(all.root == "/option" && all.runRoot == "/option/run" && all.logLevel == .debug)
        let environment = try Self.settle([], variables)
        #expect(environment.root == "/env" && environment.runRoot == "/env/run" && environment.logLevel == .info)
        #expect(environment.cgroupParent == "p")
        let plain = try Self.settle([])
        #expect(plain.root == "/var/lib/spyhop" && plain.runRoot == "/run/spyhop" && plain.logLevel == .warn)
    }

    @Test func withoutRootTheUsersDirectoriesAreUsed() throws {
        let user = try Self.settle([], ["XDG_DATA_HOME": "/d"], isRoot: false, runtimeDirectory: "/r/spyhop")
        #expect(user.root == "/d/spyhop" && user.runRoot == "/r/spyhop")
        let bare = try Self.settle([], ["HOME": "/home/a"], isRoot: false)
        #expect(bare.root == "/home/a/.local/share/spyhop" && bare.runRoot == bare.root + "/run")
    }

    @Test func relativeRootsAreSeenFromHere() throws {
        let settings = try Self.settle(["--root", "x", "--run-root", "../y"])
        #expect(settings.root == "/w/x" && settings.runRoot == "/y")
    }

    @Test func anEmptyVariableCountsAsNone() throws {
        #expect(try Self.settle([], ["SPYHOP_ROOT": ""]).root == "/var/lib/spyhop")
    }

    @Test func anUnknownLevelIsTold() {
        #expect(throws: EngineError.self) { try Self.settle(["--log-level", "loud"]) }
    }
}
