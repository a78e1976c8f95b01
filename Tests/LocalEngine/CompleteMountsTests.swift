import Engine
import Images
import Testing

@testable import LocalEngine

struct CompleteMountsTests {
    private func image(_ volumes: [String]) -> ResolvedImage {
        ResolvedImage(
            id: ImageID(rawValue: "sha256:1"), reference: "box", layers: [], layersDirectory: "/", entrypoint: [],
            command: [], environment: [], workingDirectory: "", user: "", stopSignal: nil, labels: [:],
            volumes: volumes, exposedPorts: [])
    }

    private func complete(
        _ mounts: [MountSpec], from: [String]? = nil, image volumes: [String] = [],
        others: [String: [MountSpec]] = [:]
    ) throws -> CompleteMounts {
        var spec = ContainerSpec(image: "box")
        spec.mounts = mounts
        spec.volumesFrom = from
        return try CompleteMounts(spec, image: image(volumes)) { reference in
            guard let mounts = others[reference] else { throw EngineError(.notFound, "no such container") }
            return (reference, mounts)
        }
    }

    @Test func theImagesVolumesGetNamesUnlessSomethingIsThere() throws {
        let bind = MountSpec(source: .bind(path: "/a", createMissing: true), target: "/data/")
        let found = try complete([bind], image: ["/data", "/logs", "relative", "/"])
        #expect(found.mounts.map(\.target) == ["/data/", "/logs"])
        let name = try #require(found.mounts.last?.volumeName)
        #expect(name.utf8.count == 64)
        #expect(found.anonymous == [name])
        #expect(found.mounts.last?.origin == .image)
    }

    @Test func whatOthersMountComesAlongUnlessSomethingIsThere() throws {
        let others: [String: [MountSpec]] = [
            "db": [
                MountSpec(source: .volume(.init(name: "data")), target: "/data"),
                MountSpec(source: .bind(path: "/a", createMissing: true), target: "/own", readOnly: true),
                MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/tmp"),
            ]
        ]
        let own = MountSpec(source: .volume(.init(name: "mine")), target: "/own")
        let found = try complete([own], from: ["db:ro"], image: ["/data"], others: others)
        #expect(found.mounts.map(\.target) == ["/own", "/data"])
        #expect(found.mounts[0].volumeName == "mine")
        #expect(found.mounts[1].readOnly)
        #expect(found.mounts[1].origin == .inherited)
        #expect(found.anonymous.isEmpty)
        let writable = try complete([], from: ["db"], others: others)
        #expect(writable.mounts.map(\.readOnly) == [false, true])
    }

    @Test(arguments: ["", ":ro", "db:", "db:bogus", "nobody"])
    func otherSourcesAreRefused(text: String) {
        #expect(throws: EngineError.self) { try complete([], from: [text], others: ["db": []]) }
    }

    @Test func theMountThatAPathLiesOnIsFound() throws {
        let table = """
            20 1 0:1 / / rw,relatime - ext4 /dev/root rw
            21 20 0:2 / /srv rw shared:5 - tmpfs tmpfs rw
            22 21 0:3 / /srv/a\\040b rw master:2 - tmpfs tmpfs rw
            """
        #expect(try #require(SharedSource.holder(of: "/srv/x", in: table)) == ("/srv", true))
        #expect(try #require(SharedSource.holder(of: "/srvx", in: table)) == ("/", false))
        #expect(try #require(SharedSource.holder(of: "/srv/a b/c", in: table)) == ("/srv/a b", false))
    }
}
