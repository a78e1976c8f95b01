import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct StoreTests {
    /// A store with one image `test:1` of two layers.
    private func filled() throws -> Scratch {
        let scratch = try Scratch()
        for name in ["one", "two"] {
            var tar = TarBuilder()
            tar.add(name, content: name)
            try tar.write(to: "\(scratch.path)/\(name).tar")
        }
        try scratch.dockerArchive("image.tar", layers: ["one.tar", "two.tar"])
        _ = try scratch.load("image.tar")
        return scratch
    }

    @Test func listsAndInspectsImages() throws {
        let scratch = try filled()
        let store = scratch.store
        try store.tag("test:1", as: "docker.io/library/other")
        let image = try #require(try store.images().first)
        #expect(try store.images().count == 1)
        #expect(image.tags == ["other:latest", "test:1"])
        #expect(image.size == 6)
        #expect(image.layerCount == 2)
        #expect(image.createdAt == Timestamp(rfc3339: "2026-01-02T03:04:05Z"))
        for reference in [
            "test:1", "other", image.id.rawValue, image.id.short, String(image.id.short.prefix(4)),
            "test@\(image.digest)",
        ] {
            #expect(try store.inspect(reference).image.id == image.id)
        }
        #expect(try store.resolve("test:1").layers.count == 2)
        #expect {
            _ = try store.inspect("missing")
        } throws: { error in
            (error as? EngineError)?.code == .notFound
        }
    }

    @Test func resolvesAgainAfterEveryChange() throws {
        let scratch = try filled()
        let store = scratch.store
        let first = try store.resolve("test:1")
        #expect(try store.resolve("test:1") == first)
        try scratch.dockerArchive("next.tar", layers: ["two.tar"])
        _ = try scratch.load("next.tar")
        let second = try store.resolve("test:1")
        #expect(second.id != first.id)
        #expect(second.layers == [first.layers[0]])
        #expect(try store.images().map(\.tags).sorted { $0.count < $1.count } == [[], ["test:1"]])
        _ = try store.remove("test:1", force: false) { ImageUse() }
        #expect(throws: EngineError.self) { _ = try store.resolve("test:1") }
    }

    @Test func removesNamesThenImagesThenLayers() throws {
        let scratch = try filled()
        let store = scratch.store
        let id = try store.resolve("test:1").id
        try store.tag("test:1", as: "second:2")
        #expect {
            _ = try store.remove(id.short, force: false) { ImageUse() }
        } throws: { error in
            (error as? EngineError)?.code == .conflict
        }
        #expect(try store.remove("second:2", force: false) { ImageUse() } == [.untagged("second:2")])
        #expect(
            try store.remove("test:1", force: false) { ImageUse() } == [.untagged("test:1"), .deleted(id.rawValue)])
        #expect(try scratch.remains() == [])
    }

    @Test func keepsImagesThatContainersUse() throws {
        let scratch = try filled()
        let store = scratch.store
        let id = try store.resolve("test:1").id
        for (use, force) in [
            (ImageUse(running: [id: ["web"]]), false), (ImageUse(stopped: [id: ["old"]]), false),
        ] {
            #expect {
                _ = try store.remove("test:1", force: force) { use }
            } throws: { error in
                (error as? EngineError)?.code == .conflict
            }
        }
        let removals = try store.remove("test:1", force: true) { ImageUse(stopped: [id: ["old"]]) }
        #expect(removals == [.untagged("test:1")])
        #expect(try store.images().map(\.id) == [id])
        #expect(try store.remove(id.rawValue, force: false) { ImageUse() } == [.deleted(id.rawValue)])
        #expect(try scratch.remains() == [])
    }

    @Test func sharedLayersStayUntilTheirLastImageGoes() throws {
        let scratch = try filled()
        let store = scratch.store
        try scratch.dockerArchive("other.tar", layers: ["one.tar"], tags: ["other:1"])
        _ = try scratch.load("other.tar")
        _ = try store.remove("test:1", force: false) { ImageUse() }
        #expect(try Files.readText("\(try scratch.layer("other:1"))/one") == "one")
        _ = try store.remove("other:1", force: false) { ImageUse() }
        #expect(try scratch.remains() == [])
    }

    @Test func roundTripsThroughSaveByDigest() throws {
        let scratch = try filled()
        let store = scratch.store
        try store.tag("test:1", as: "again:2")
        try scratch.save(["test:1", "again:2"], to: "saved.tar")
        let other = ImageStore(root: "\(scratch.path)/other")
        #expect(try scratch.load("saved.tar", into: other).sorted() == ["again:2", "test:1"])
        #expect(try other.images() == store.images())
        let names = try scratch.run("tar", "-tf", "\(scratch.path)/saved.tar").split(separator: "\n")
        #expect(Set(names).count == names.count)
        #expect(names.contains("manifest.json") && names.contains("index.json") && names.contains("oci-layout"))
    }

    @Test func clearsWhatACrashHasLeft() throws {
        let scratch = try filled()
        let before = try scratch.remains().filter { !$0.hasPrefix("resolved/") }.sorted()
        try scratch.write("half", to: "store/staging/999-1/3")
        try scratch.write("x", to: "store/layers/aaaaaaaaaaaa/file")
        try scratch.write("x", to: "store/blobs/sha256/" + String(repeating: "b", count: 64))
        _ = try scratch.load("image.tar")
        #expect(try scratch.remains().filter { !$0.hasPrefix("resolved/") }.sorted() == before)
    }

    @Test func loadsAtOnceUnpackEachLayerOnce() async throws {
        let scratch = try Scratch()
        for name in ["one", "two"] {
            var tar = TarBuilder()
            for number in 0..<200 { tar.add("\(name)/\(number)", content: "\(number)") }
            try tar.write(to: "\(scratch.path)/\(name).tar")
        }
        try scratch.dockerArchive("image.tar", layers: ["one.tar", "two.tar"])
        let path = "\(scratch.path)/image.tar"
        let store = scratch.store
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await runOnOwnThread {
                        let file = try OwnedDescriptor.open(path)
                        return try store.load(fromDescriptor: file.rawValue)
                    }
                }
            }
            for try await names in group { #expect(names == ["test:1"]) }
        }
        let image = try store.resolve("test:1")
        #expect(image.layers.count == 2)
        for layer in image.layers {
            let directory = try #require(try Files.list("\(image.layersDirectory)/\(layer)").first)
            #expect(try Files.list("\(image.layersDirectory)/\(layer)/\(directory.name)").count == 200)
        }
        #expect(try Files.list(image.layersDirectory).count == 4)
        #expect(try store.images().count == 1)
    }

    @Test func followsLinksInsideTheLayersOnly() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("etc/real", content: "inside")
        tar.add("a", type: "2", link: "../../../etc/real")
        tar.add("dir", type: "2", link: "/etc")
        tar.add("loop", type: "2", link: "loop")
        tar.add("device", type: "3", device: (1, 5))
        tar.add("passwd", type: "2", link: "/etc/passwd")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"])
        _ = try scratch.load("image.tar")
        let store = scratch.store
        let image = try store.resolve("test:1")
        #expect(try store.readFile("a", inLayersOf: image) == Array("inside".utf8))
        #expect(try store.readFile("/dir/real", inLayersOf: image) == Array("inside".utf8))
        #expect(try store.readFile("/dir/../etc/./real", inLayersOf: image) == Array("inside".utf8))
        #expect(try store.readFile("/passwd", inLayersOf: image) == nil)
        #expect(try store.readFile("/etc", inLayersOf: image) == nil)
        #expect(try store.readFile("/device", inLayersOf: image) == nil)
        #expect(throws: EngineError.self) { _ = try store.readFile("/loop", inLayersOf: image) }
    }
}
