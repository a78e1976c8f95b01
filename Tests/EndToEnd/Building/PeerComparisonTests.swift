import Foundation
import Harness
import Testing

/// A part of the set that `make compare` builds by Spyhop, docker, BuildKit and buildah; docs/BUILD.md explains the differences.
@Suite(
    .needsRoot, .serialized,
    .enabled(
        if: DockerDaemon.isInstalled && Programs.installed("buildah") != nil && Programs.installed("python3") != nil,
        "needs docker, buildah and python3"))
struct PeerComparisonTests {
    @Test func peersMakeTheSameFilesAndConfiguration() throws {
        let scratch = try TemporaryDirectory.make("spyhop-peers-test")
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let cases = ["copy", "expansion", "instructions", "names", "owners", "removals", "setuid"]
        let outcome = try Command.run(
            ["/usr/bin/python3", tests.appending(path: "Peers/compare").path, "--ours", Workplace.spyhop] + cases,
            scratch: scratch, seconds: 500)
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    }
}
