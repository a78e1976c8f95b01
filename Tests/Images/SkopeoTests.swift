import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(
    .enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"),
    .enabled(if: Files.exists("/usr/bin/skopeo"), "skopeo is not installed"))
struct SkopeoTests {
    private func filled() throws -> Scratch {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("file", content: "x")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"], tags: ["busybox:latest"])
        _ = try scratch.load("image.tar")
        return scratch
    }

    @Test func skopeoReadsTheStoreByName() throws {
        let scratch = try filled()
        let image = try #require(try scratch.store.images().first)
        let text = try scratch.run("skopeo", "inspect", "oci:\(scratch.store.root):busybox:latest")
        #expect(text.contains(image.digest))
    }

    @Test func skopeoReadsWhatSaveWrites() throws {
        let scratch = try filled()
        try scratch.save(["busybox"], to: "saved.tar")
        let path = "\(scratch.path)/saved.tar"
        #expect(try scratch.run("skopeo", "inspect", "docker-archive:\(path)").contains("Layers"))
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "docker-archive:\(path):busybox:latest", "dir:\(scratch.path)/d")
        try scratch.run("skopeo", "copy", "--insecure-policy", "oci-archive:\(path)", "dir:\(scratch.path)/o")
    }

    @Test(arguments: ["docker-archive", "oci-archive"])
    func loadsWhatSkopeoWrites(kind: String) throws {
        let scratch = try filled()
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest",
            "\(kind):\(scratch.path)/theirs.tar:copied:2")
        let other = ImageStore(root: "\(scratch.path)/other")
        #expect(try scratch.load("theirs.tar", into: other) == ["copied:2"])
        let layers = try other.inspect("copied:2").layers
        #expect(try layers == scratch.store.inspect("busybox").layers)
    }

    @Test func resolvesWhatSkopeoPutsIntoTheStore() throws {
        let scratch = try filled()
        let other = ImageStore(root: "\(scratch.path)/other")
        try other.collectGarbage()
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest", "oci:\(other.root):app:3"
        )
        let image = try other.resolve("app:3")
        let layer = try #require(image.layers.first)
        #expect(try Files.readText("\(image.layersDirectory)/\(layer)/file") == "x")
    }

    // MARK: - Places

    private func copy(
        _ scratch: Scratch, _ source: ImageLocation, _ destination: ImageLocation, all: Bool = false
    ) async throws -> Digest {
        let from = try #require(try scratch.store.source(source))
        let to = try #require(try scratch.store.destination(destination))
        return try await ImageCopyOperation(
            from: from, to: to.place, platform: .host, allPlatforms: all, progress: { _ in }
        ).run(names: to.names)
    }

    /// The same place for both: ours and skopeo's name for it.
    private func places(_ scratch: Scratch, _ name: String) -> [(ours: ImageLocation, theirs: String)] {
        let path = "\(scratch.path)/\(name)"
        return [
            (.layout(path: "\(path)-layout", name: "app:1"), "oci:\(path)-layout:app:1"),
            (.layoutArchive(path: "\(path)-layout.tar", name: "app:1"), "oci-archive:\(path)-layout.tar:app:1"),
            (.dockerArchive(path: "\(path)-docker.tar", name: "app:1"), "docker-archive:\(path)-docker.tar:app:1"),
            (.directory(path: "\(path)-dir"), "dir:\(path)-dir"),
        ]
    }

    @Test(arguments: 0..<4, [false, true])
    func skopeoReadsWhatACopyWrites(kind: Int, compressed: Bool) async throws {
        let scratch = compressed ? try Scratch() : try filled()
        if compressed {
            try await RemoteFixture(scratch, [("file", "x"), ("more", "y")]).pull(into: scratch.store, as: "busybox")
        }
        let place = places(scratch, "ours")[kind]
        let digest = try await copy(scratch, .store("busybox"), place.ours)
        let text = try scratch.run("skopeo", "inspect", place.theirs)
        if kind != 2 { #expect(text.contains(digest.description)) }
        try scratch.run("skopeo", "copy", "--insecure-policy", place.theirs, "oci:\(scratch.path)/read:read")
        let back = try await copy(scratch, .layout(path: "\(scratch.path)/read", name: "read"), .store("read:1"))
        #expect(try scratch.store.inspect("read:1").layers == scratch.store.inspect("busybox").layers)
        // skopeo compresses what is plain.
        if compressed, kind < 2 { #expect(back == digest) }
    }

    @Test(arguments: 0..<4)
    func aCopyReadsWhatSkopeoWrites(kind: Int) async throws {
        let scratch = try Scratch()
        try await RemoteFixture(scratch, [("file", "x"), ("more", "y")]).pull(into: scratch.store, as: "busybox")
        let place = places(scratch, "theirs")[kind]
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest", place.theirs)
        let digest = try await copy(scratch, place.ours, .store("read:1"))
        #expect(try scratch.store.inspect("read:1").image.id == scratch.store.inspect("busybox").image.id)
        if kind != 2 { #expect(digest.description == (try scratch.store.inspect("busybox").image.digest)) }
    }

    @Test func skopeoAndACopyAddToOneLayout() async throws {
        let scratch = try filled()
        let path = "\(scratch.path)/shared"
        _ = try await copy(scratch, .store("busybox"), .layout(path: path, name: "ours"))
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest", "oci:\(path):theirs")
        _ = try await copy(scratch, .store("busybox"), .layout(path: path, name: "again"))
        for name in ["ours", "theirs", "again"] { try scratch.run("skopeo", "inspect", "oci:\(path):\(name)") }
    }

    @Test func skopeoReadsIndexesInDirectories() async throws {
        let scratch = try filled()
        let fixture = try RemoteFixture(scratch, [("file", "x")])
        let foreign = try RemoteFixture(scratch, [("other", "y")], architecture: "s390x")
        try await fixture.pull(into: scratch.store, as: "app")
        try await foreign.pull(into: scratch.store, as: "foreign")
        let path = "\(scratch.path)/index"
        _ = try await copy(scratch, .store("app"), .layout(path: path, name: "a"))
        _ = try await copy(scratch, .store("foreign"), .layout(path: path, name: "b"))
        let index = try RemoteFixture.index([(fixture, Platform.host.architecture), (foreign, "s390x")])
        let digest = Digest(of: index)
        try Files.writeAtomically(index, to: "\(path)/blobs/sha256/\(digest.hex)")
        try scratch.write(
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"\(MediaType.index)","digest":"\(digest)",
            "size":\(index.count),"annotations":{"\(Annotation.referenceName)":"all"}}]}
            """, to: "index/index.json")
        let all = ImageLocation.layout(path: path, name: "all")
        #expect(try await copy(scratch, all, .directory(path: "\(scratch.path)/d"), all: true) == digest)
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "--all", "dir:\(scratch.path)/d", "dir:\(scratch.path)/e")
        #expect(try await copy(scratch, .directory(path: "\(scratch.path)/e"), .store("back"), all: true) == digest)
        #expect(try scratch.store.inspect("back").image.id == fixture.id)
    }

    @Test(arguments: ImageFormat.allCases)
    func savedFormatsAreReadByBoth(format: ImageFormat) async throws {
        let scratch = try filled()
        let path = "\(scratch.path)/saved"
        try await scratch.store.export(["busybox"], as: format, to: .path(path))
        let theirs = [
            ImageFormat.dockerArchive: "docker-archive:", .ociArchive: "oci-archive:", .ociDirectory: "oci:",
            .dockerDirectory: "dir:",
        ]
        try scratch.run("skopeo", "inspect", try #require(theirs[format]) + path)
        let other = ImageStore(root: "\(scratch.path)/other")
        let loaded: [String]
        if format.isDirectory {
            loaded = try await other.load(fromDirectory: path)
        } else {
            loaded = try scratch.load("saved", into: other)
        }
        let id = try scratch.store.inspect("busybox").image.id
        #expect(loaded == [format == .dockerDirectory ? id.rawValue : "busybox:latest"])
        #expect(try other.inspect(id.rawValue).image.id == id)
    }

    @Test func severalImagesGoIntoOneArchive() async throws {
        let scratch = try filled()
        try await RemoteFixture(scratch, [("file", "x")]).pull(into: scratch.store, as: "app:2")
        try scratch.store.tag("app:2", as: "app:3")
        for format in [ImageFormat.dockerArchive, .ociArchive, .ociDirectory] {
            let path = "\(scratch.path)/\(format.rawValue)"
            try await scratch.store.export(["busybox", "app:2", "app:3"], as: format, to: .path(path))
            let other = ImageStore(root: "\(path)-store")
            let loaded =
                format.isDirectory
                ? try await other.load(fromDirectory: path) : try scratch.load(format.rawValue, into: other)
            #expect(loaded.sorted() == ["app:2", "app:3", "busybox:latest"])
            #expect(try other.images().count == 2)
        }
        await #expect(throws: EngineError.self) {
            try await scratch.store.export(
                ["busybox", "app:2"], as: .dockerDirectory, to: .path("\(scratch.path)/none"))
        }
    }
}
