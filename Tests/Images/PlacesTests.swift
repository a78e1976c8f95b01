import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct PlacesTests {
    /// A store with `app:1` of two layers.
    private func filled() async throws -> (scratch: Scratch, fixture: RemoteFixture) {
        let scratch = try Scratch()
        let fixture = try RemoteFixture(scratch, [("one", "first"), ("two", "second")])
        try await fixture.pull(into: scratch.store, as: "app:1")
        return (scratch, fixture)
    }

    @discardableResult
    private func copy(
        _ scratch: Scratch, _ source: ImageLocation, _ destination: ImageLocation, all: Bool = false,
        into store: ImageStore? = nil
    ) async throws -> Digest {
        let from = try #require(try scratch.store.source(source))
        let to = try #require(try (store ?? scratch.store).destination(destination))
        return try await ImageCopyOperation(
            from: from, to: to.place, platform: .host, allPlatforms: all, progress: { _ in }
        ).run(names: to.names)
    }

    private func locations(_ scratch: Scratch) -> [ImageLocation] {
        [
            .layout(path: "\(scratch.path)/layout", name: "app:1"),
            .layoutArchive(path: "\(scratch.path)/layout.tar", name: "app:1"),
            .dockerArchive(path: "\(scratch.path)/docker.tar", name: "app:1"),
            .directory(path: "\(scratch.path)/dir"),
        ]
    }

    @Test(arguments: 0..<4)
    func anImageGoesOutAndComesBackAsItWas(kind: Int) async throws {
        let (scratch, fixture) = try await filled()
        let place = locations(scratch)[kind]
        #expect(try await copy(scratch, .store("app:1"), place) == Digest(of: fixture.manifest))
        let other = ImageStore(root: "\(scratch.path)/other")
        let digest = try await copy(scratch, place, .store("back:2"), into: other)
        let image = try other.inspect("back:2").image
        #expect(image.id == fixture.id)
        #expect(image.digest == digest.description)
        // Docker's archive alone has no manifests to keep.
        if kind != 2 { #expect(digest == Digest(of: fixture.manifest)) }
        #expect(try Files.readText("\(try scratch.layer("back:2", in: other))/two") == "second")
        #expect(try Files.list(scratch.path).filter { $0.name.contains(".part") } == [])
    }

    @Test func aLayoutTakesFurtherImagesAndMovesNames() async throws {
        let (scratch, fixture) = try await filled()
        let path = "\(scratch.path)/layout"
        let next = try RemoteFixture(scratch, [("one", "first"), ("three", "third")], label: "next")
        try await next.pull(into: scratch.store, as: "next")
        for (reference, name) in [("app:1", "a"), ("app:1", "b"), ("next", "c"), ("next", "b")] {
            try await copy(scratch, .store(reference), .layout(path: path, name: name))
        }
        for (name, image) in [("a", fixture), ("b", next), ("c", next)] {
            let source = try #require(try scratch.store.source(.layout(path: path, name: name)))
            #expect(try await source.manifest().bytes == image.manifest)
        }
        await #expect {
            _ = try await copy(scratch, .layout(path: path, name: nil), .store("x"))
        } throws: { error in
            "\(error)".contains("name one of them: a, b, c")
        }
    }

    @Test func oldDockerArchivesOfEveryKindAreRead() async throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("file", content: "x")
        try tar.write(to: "\(scratch.path)/plain.tar")
        let diffID = "sha256:" + (try scratch.sha256("plain.tar"))
        try scratch.run("gzip", "-k", "\(scratch.path)/plain.tar")
        for (number, layer) in ["plain.tar", "plain.tar.gz"].enumerated() {
            try scratch.dockerArchive("image\(number).tar", layers: [layer], diffIDs: [diffID], tags: ["a:1", "b:2"])
            try scratch.run("gzip", "-k", "\(scratch.path)/image\(number).tar")
            for name in ["image\(number).tar", "image\(number).tar.gz"] {
                try await copy(
                    scratch, .dockerArchive(path: "\(scratch.path)/\(name)", name: "b:2"), .store("from-\(name)"))
                #expect(try scratch.store.inspect("from-\(name)").layers == [diffID])
            }
        }
        await #expect {
            _ = try await copy(scratch, .dockerArchive(path: "\(scratch.path)/image0.tar", name: "c"), .store("x"))
        } throws: { error in
            "\(error)".contains("name one of them: a:1, b:2")
        }
    }

    @Test func whatSaveWritesKeepsItsManifest() async throws {
        let (scratch, fixture) = try await filled()
        try scratch.save(["app:1"], to: "saved.tar")
        for place in [
            ImageLocation.dockerArchive(path: "\(scratch.path)/saved.tar", name: "app:1"),
            .layoutArchive(path: "\(scratch.path)/saved.tar", name: nil),
        ] {
            let digest = try await copy(scratch, place, .directory(path: "\(scratch.path)/dir"))
            #expect(digest == Digest(of: fixture.manifest))
        }
    }

    @Test(arguments: 0..<4)
    func aFailedCopyLeavesNothing(kind: Int) async throws {
        let (scratch, fixture) = try await filled()
        let blob = try #require(Digest(fixture.layers[1].blob.digest))
        try scratch.write("damaged", to: "store/blobs/sha256/\(blob.hex)")
        let before = try Files.list(scratch.path).map(\.name).sorted()
        await #expect {
            try await copy(scratch, .store("app:1"), locations(scratch)[kind])
        } throws: { error in
            (error as? EngineError)?.code == .corrupted
        }
        #expect(try Files.list(scratch.path).map(\.name).sorted() == before)
    }

    @Test func aFailedCopyLeavesALayoutAsItWas() async throws {
        let (scratch, fixture) = try await filled()
        let path = "\(scratch.path)/layout"
        try await copy(scratch, .store("app:1"), .layout(path: path, name: "a"))
        let next = try RemoteFixture(scratch, [("other", "other"), ("two", "second")], label: "next")
        try await next.pull(into: scratch.store, as: "next")
        let before = try scratch.run("sh", "-c", "cd \(path) && find . -type f | sort | xargs sha256sum")
        let blob = try #require(Digest(next.layers[0].blob.digest))
        try scratch.write("damaged", to: "store/blobs/sha256/\(blob.hex)")
        await #expect(throws: EngineError.self) {
            try await copy(scratch, .store("next"), .layout(path: path, name: "b"))
        }
        #expect(try scratch.run("sh", "-c", "cd \(path) && find . -type f | sort | xargs sha256sum") == before)
        #expect(fixture.id != next.id)
    }

    @Test func nothingElseIsWrittenOver() async throws {
        let (scratch, _) = try await filled()
        try scratch.write("x", to: "layout/mine")
        try scratch.write("x", to: "dir/mine")
        for place in [locations(scratch)[0], locations(scratch)[3]] {
            await #expect {
                try await copy(scratch, .store("app:1"), place)
            } throws: { error in
                (error as? EngineError)?.code == .conflict
            }
        }
    }

    @Test func aDirectoryIsReplacedByTheNextCopy() async throws {
        let (scratch, _) = try await filled()
        let next = try RemoteFixture(scratch, [("three", "third")])
        try await next.pull(into: scratch.store, as: "next")
        let path = "\(scratch.path)/dir"
        try await copy(scratch, .store("app:1"), .directory(path: path))
        try await copy(scratch, .store("next"), .directory(path: path))
        #expect(try Files.read("\(path)/manifest.json") == next.manifest)
        #expect(try Files.list(path).count == 4)
    }

    @Test func allPlatformsGoWithTheirIndex() async throws {
        let (scratch, fixture) = try await filled()
        let other = try RemoteFixture(scratch, [("four", "fourth")], architecture: "pdp11")
        let path = "\(scratch.path)/many"
        try await copy(scratch, .store("app:1"), .layout(path: path, name: "host"))
        try await other.pull(into: scratch.store, as: "foreign")
        try await copy(scratch, .store("foreign"), .layout(path: path, name: "foreign"))
        let index = try RemoteFixture.index([(fixture, Platform.host.architecture), (other, "pdp11")])
        let digest = Digest(of: index)
        try Files.writeAtomically(index, to: "\(path)/blobs/sha256/\(digest.hex)")
        try scratch.write(
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"\(MediaType.index)","digest":"\(digest)",
            "size":\(index.count),"annotations":{"\(Annotation.referenceName)":"all"}}]}
            """, to: "many/index.json")
        let source = ImageLocation.layout(path: path, name: "all")
        #expect(
            try await copy(scratch, source, .directory(path: "\(scratch.path)/one")) == Digest(of: fixture.manifest))
        let whole = ImageLocation.directory(path: "\(scratch.path)/dir")
        #expect(try await copy(scratch, source, whole, all: true) == digest)
        let back = ImageLocation.layoutArchive(path: "\(scratch.path)/back.tar", name: "all")
        #expect(try await copy(scratch, whole, back, all: true) == digest)
        let store = ImageStore(root: "\(scratch.path)/other")
        #expect(try await copy(scratch, back, .store("all"), all: true, into: store) == digest)
        #expect(try store.inspect("all").image.id == fixture.id)
        await #expect {
            try await copy(scratch, source, .dockerArchive(path: "\(scratch.path)/d.tar", name: nil), all: true)
        } throws: { error in
            (error as? EngineError)?.code == .unsupported
        }
    }

    @Test func anIndexGoesWithThoseOfItsImagesThatAreThere() async throws {
        let (scratch, fixture) = try await filled()
        let other = try RemoteFixture(scratch, [("four", "fourth")], architecture: "pdp11")
        let path = "\(scratch.path)/sparse"
        try await copy(scratch, .store("app:1"), .layout(path: path, name: "host"))
        let index = try RemoteFixture.index([(fixture, Platform.host.architecture), (other, "pdp11")])
        let digest = Digest(of: index)
        try Files.writeAtomically(index, to: "\(path)/blobs/sha256/\(digest.hex)")
        try scratch.write(
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"\(MediaType.index)","digest":"\(digest)",
            "size":\(index.count)}]}
            """, to: "sparse/index.json")
        let source = ImageLocation.layout(path: path, name: nil)
        #expect(try await copy(scratch, source, .store("sparse"), all: true) == digest)
        #expect(try scratch.store.inspect("sparse").image.id == fixture.id)
        #expect(try await copy(scratch, .store("sparse"), .directory(path: "\(scratch.path)/d"), all: true) == digest)
        try Files.remove("\(path)/blobs/sha256/\(Digest(of: fixture.manifest).hex)")
        await #expect {
            try await copy(scratch, source, .store("none"), all: true)
        } throws: { error in
            (error as? EngineError)?.code == .notFound
        }
    }

    /// `docker buildx` puts attestations beside images: manifests whose layers are no file systems.
    @Test func attestationsAreKeptAndNotUnpacked() async throws {
        let (scratch, fixture) = try await filled()
        let path = "\(scratch.path)/attested"
        try await copy(scratch, .store("app:1"), .layout(path: path, name: "host"))
        let statement = Array("{\"statement\":true}".utf8)
        let diffID = Digest(of: statement)
        let attestation = try RemoteFixture(
            configuration: Array(
                """
                {"architecture":"unknown","os":"unknown","config":{},
                "rootfs":{"type":"layers","diff_ids":["\(diffID)"]}}
                """.utf8),
            layers: [
                (
                    Descriptor(
                        mediaType: "application/vnd.in-toto+json", digest: diffID.description,
                        size: Int64(statement.count)), statement, diffID
                )
            ])
        let index = try RemoteFixture.index([(fixture, Platform.host.architecture), (attestation, "unknown")])
        for bytes in [index, attestation.manifest, attestation.configuration, statement] {
            try Files.writeAtomically(bytes, to: "\(path)/blobs/sha256/\(Digest(of: bytes).hex)")
        }
        try scratch.write(
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"\(MediaType.index)","digest":"\(Digest(of: index))",
            "size":\(index.count)}]}
            """, to: "attested/index.json")
        let store = ImageStore(root: "\(scratch.path)/other")
        try await copy(scratch, .layout(path: path, name: nil), .store("app"), all: true, into: store)
        #expect(try store.inspect("app").image.id == fixture.id)
        try store.collectGarbage()
        #expect(try store.openBlob(diffID).size == Int64(statement.count))
        #expect(try Files.list("\(store.root)/layers").count == 4)
    }

    @Test func aBlobIsAskedForByOffset() async throws {
        let content = (0..<100).map { UInt8($0) }
        let puller = BlobPuller { offset, sink in
            var position = Int(offset)
            while position < content.count {
                try await sink(Array(content[position..<min(position + 30, content.count)]))
                position += 30
            }
        }
        #expect(try await puller.read(at: 0) == Array(content[0..<30]))
        #expect(try await puller.read(at: 30) == Array(content[30..<60]))
        #expect(try await puller.read(at: 10) == Array(content[10..<40]))
        #expect(try await puller.read(at: 40) == Array(content[40..<70]))
        #expect(try await puller.read(at: 70) == Array(content[70..<100]))
        #expect(try await puller.read(at: 100) == [])
    }
}
