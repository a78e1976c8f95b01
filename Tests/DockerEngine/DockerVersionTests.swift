import Engine
import Testing

@testable import DockerEngine

struct DockerVersionTests {
    @Test func theNewestVersionThatBothKnowIsSpoken() throws {
        let docker = try DockerVersion(Recording.document("docker-version"), from: "here")
        #expect(docker.api == DockerVersion.Number(major: 1, minor: 41))
        #expect(docker.program.hasPrefix("20.10."))
        #expect(!docker.isPodman)
        #expect(try DockerVersion(Recording.document("podman-version"), from: "here").isPodman)
        let newer = Recording.changed(try Recording.document("docker-version"), ["ApiVersion"], to: .string("1.99"))
        #expect(try DockerVersion(newer, from: "here").api == DockerVersion.newest)
    }

    @Test(arguments: [("1.20", "1.12"), ("1.99", "1.98")])
    func whoSpeaksNothingThatIsKnownIsRefused(newest: String, oldest: String) throws {
        let node = JSONNode.object(["ApiVersion": .string(newest), "MinAPIVersion": .string(oldest)])
        let error = try #require(throws: EngineError.self) { try DockerVersion(node, from: "here") }
        #expect(error.code == .unsupported)
    }

    @Test(arguments: [JSONNode.null, .object([:]), .object(["ApiVersion": .string("x")]), .list([])])
    func whatTellsNoVersionIsNoEngine(_ node: JSONNode) throws {
        let error = try #require(throws: EngineError.self) { try DockerVersion(node, from: "here") }
        #expect(error.code == .corrupted)
    }
}
