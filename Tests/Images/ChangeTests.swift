import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct ChangeTests {
    private static let indexDigest = "sha256:" + String(repeating: "1", count: 64)

    private func fixture(_ scratch: Scratch, label: String = "") throws -> RemoteFixture {
        try RemoteFixture(scratch, [("one", "first"), ("two", "second")], label: label)
    }

    /// What a download leaves that broke off after ten bytes.
    private func partialDownload(
        of layer: (blob: Descriptor, bytes: [UInt8], diffID: Digest), in store: ImageStore
    ) throws {
        let digits = layer.blob.digest.dropFirst("sha256:".count)
        try Files.writeAtomically(Array(layer.bytes.prefix(10)), to: "\(store.root)/downloads/\(digits)")
    }

    /// Blobs, layers and downloads that are in the store.
    private func content(_ scratch: Scratch) throws -> [String] {
        try scratch.remains().filter { !$0.hasPrefix("resolved/") && !$0.hasSuffix(".json") && $0 != "collect" }
    }

    @Test func whatIsPublishedIsListedWithItsDigests() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        let repoDigest = "docker.io/library/app@\(Self.indexDigest)"
        #expect(try await fixture.pull(into: store, as: "app:1", repoDigest: repoDigest) == .updated)
        #expect(try await fixture.pull(into: store, as: "app:1", repoDigest: repoDigest) == .upToDate)
        let image = try #require(try store.images().first)
        #expect(image.tags == ["app:1"])
        #expect(image.repoDigests == ["app@\(Self.indexDigest)"])
        #expect(image.digest == fixture.manifestDescriptor.digest)
        #expect(try store.inspect("app@\(Self.indexDigest)").image == image)
        #expect(try store.inspect("app@\(image.digest)").image == image)
        #expect(try store.resolve("app:other@\(Self.indexDigest)").reference == "app@\(Self.indexDigest)")
        #expect(try store.resolve("app:1").layers.count == 2)
        #expect(try Files.readText("\(try scratch.layer("app:1"))/two") == "second")
    }

    @Test func anImageKnownByDigestAloneHasNoTag() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        let name = "app@\(Self.indexDigest)"
        #expect(try await fixture.pull(into: store, as: name) == .updated)
        #expect(try await fixture.pull(into: store, as: name) == .upToDate)
        let image = try #require(try store.images().first)
        #expect(image.tags == [])
        #expect(image.repoDigests == [name])
        #expect(try store.resolve(name).id == fixture.id)
        try store.tag(name, as: "mine:1")
        #expect(try store.inspect("mine:1").image.repoDigests == [name])
        #expect(try store.remove(name, force: false) { ImageUse() } == [.untagged(name)])
        #expect(try store.inspect("mine:1").image.repoDigests == [])
        #expect(
            try store.remove("mine:1", force: false) { ImageUse() } == [
                .untagged("mine:1"), .deleted(fixture.id.rawValue),
            ])
        #expect(try content(scratch) == [])
    }

    @Test func theLastNameOfARepositoryTakesItsDigestsAlong() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        let digest = "docker.io/library/app@\(Self.indexDigest)"
        try await fixture.pull(into: store, as: "app:1", repoDigest: digest)
        try store.tag("app:1", as: "app:2")
        try store.tag("app:1", as: "localhost:5000/app:1")
        try store.addRepoDigest("localhost:5000/app@\(Self.indexDigest)", to: "localhost:5000/app:1")
        #expect(try store.remove("app:1", force: false) { ImageUse() } == [.untagged("app:1")])
        #expect(try store.inspect("app:2").image.repoDigests.count == 2)
        #expect(
            try store.remove("app:2", force: false) { ImageUse() } == [
                .untagged("app:2"), .untagged("app@\(Self.indexDigest)"),
            ])
        #expect(try store.images().map(\.repoDigests) == [["localhost:5000/app@\(Self.indexDigest)"]])
        let removals = try store.remove("localhost:5000/app:1", force: false) { ImageUse() }
        #expect(removals.contains(.deleted(fixture.id.rawValue)))
        #expect(try content(scratch) == [])
    }

    @Test func aNameThatMovesLeavesTheOldImageUnderItsDigest() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let old = try fixture(scratch)
        let new = try fixture(scratch, label: "new")
        try await old.pull(into: store, as: "app", repoDigest: "docker.io/library/app@\(Self.indexDigest)")
        #expect(try await new.pull(into: store, as: "app") == .updated)
        #expect(try store.inspect("app").image.id == new.id)
        let left = try store.inspect("app@\(Self.indexDigest)").image
        #expect(left.id == old.id)
        #expect(left.tags == [])
        try await new.pull(into: store, as: "app", repoDigest: "docker.io/library/app@\(Self.indexDigest)")
        #expect(try store.inspect("app@\(Self.indexDigest)").image.id == new.id)
        #expect(try store.inspect(old.id.rawValue).image.repoDigests == [])
    }

    @Test func anImageWithSomethingMissingIsNotListed() async throws {
        let scratch = try Scratch()
        let fixture = try fixture(scratch)
        let change = try scratch.store.beginChange()
        try await fixture.bring(into: change, layers: 1)
        #expect {
            _ = try change.publish(
                PublishedImage(manifest: fixture.manifestDescriptor, name: try ImageReference("app"), repoDigest: nil))
        } throws: { error in
            (error as? EngineError)?.code == .corrupted
        }
        change.finish()
        #expect(try scratch.store.images() == [])
    }

    @Test func whatAnUnfinishedPullHasBroughtStaysForTheNext() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        let change = try store.beginChange()
        try await fixture.bring(into: change, layers: 1)
        try partialDownload(of: fixture.layers[1], in: store)
        change.finish()
        try store.collectGarbage()
        let next = try store.beginChange()
        #expect(next.hasBlob(try #require(Digest(fixture.layers[0].blob.digest))))
        #expect(try next.hasLayer(fixture.layers[0].diffID))
        let second = fixture.layers[1]
        #expect(try await next.ingest(second.blob, diffID: second.diffID).state == .wanting(offset: 10))
        next.finish()
        try await fixture.pull(into: store, as: "app")
        #expect(try Files.list("\(store.root)/downloads").filter { !$0.name.hasSuffix(".lock") } == [])
    }

    @Test func whatNobodyCameBackForGoesAfterADay() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        let change = try store.beginChange()
        try await fixture.bring(into: change, layers: 1)
        try partialDownload(of: fixture.layers[1], in: store)
        change.finish()
        try scratch.run("sh", "-c", "touch -d '25 hours ago' \(store.root)/downloads/*")
        try store.collectGarbage()
        #expect(try content(scratch) == [])
    }

    @Test func pruningTakesWhatUnfinishedPullsHaveBrought() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let change = try store.beginChange()
        try await fixture(scratch).bring(into: change, layers: 1)
        #expect(try store.pruneUnused() == nil)
        change.finish()
        #expect(try #require(try store.pruneUnused()) > 0)
        #expect(try content(scratch) == [])
    }

    @Test func aRefusedPullLeavesNothing() async throws {
        let scratch = try Scratch()
        let change = try scratch.store.beginChange()
        try await fixture(scratch).bring(into: change)
        change.discard()
        #expect(try content(scratch) == [])
    }

    @Test func aCollectionThatHadToWaitIsMadeUpFor() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        try await fixture(scratch).pull(into: store, as: "app")
        let change = try store.beginChange()
        _ = try store.remove("app", force: false) { ImageUse() }
        #expect(try content(scratch) != [])
        change.finish()
        #expect(try content(scratch) == [])
        #expect(!Files.exists("\(store.root)/collect"))
    }

    @Test func layersThatContainersUseStayWhateverIsListed() async throws {
        let scratch = try Scratch()
        let fixture = try fixture(scratch)
        let store = ImageStore(root: scratch.store.root, imagesInUse: { [fixture.id] })
        try await fixture.pull(into: store, as: "app")
        let layers = try store.resolve("app").layers
        // A container was made after the containers had been asked for.
        _ = try store.remove("app", force: false) { ImageUse() }
        #expect(try store.images() == [])
        for layer in layers { #expect(Files.exists("\(store.root)/layers/\(layer)")) }
        try scratch.store.collectGarbage()
        #expect(try content(scratch) == [])
    }

    @Test func changesAtOnceBringEachLayerOnce() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { try await fixture.pull(into: store, as: "app:\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try store.images().first?.tags.count == 6)
        #expect(try store.images().count == 1)
        #expect(try Files.list("\(store.root)/layers").count == 4)
    }

    @Test func aDamagedDocumentIsAskedForAgain() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        try await fixture.pull(into: store, as: "app")
        let digest = Digest(of: fixture.configuration)
        try scratch.write("x", to: "store/blobs/sha256/\(digest.hex)")
        let change = try store.beginChange()
        #expect(try change.document(digest) == nil)
        _ = try change.addDocument(fixture.configuration)
        #expect(try change.document(digest) == fixture.configuration)
        change.finish()
        #expect(try store.inspect("app").image.id == fixture.id)
    }

    @Test func blobsAreReadAtAnyPlace() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let fixture = try fixture(scratch)
        try await fixture.pull(into: store, as: "app")
        let manifest = try store.manifest(of: "app")
        #expect(manifest.bytes == fixture.manifest)
        #expect(manifest.diffIDs == fixture.layers.map(\.diffID))
        let layer = fixture.layers[0]
        let reader = try store.openBlob(try #require(Digest(layer.blob.digest)))
        #expect(reader.size == layer.blob.size)
        #expect(try reader.read(at: 3, upTo: 5) == Array(layer.bytes[3..<8]))
        #expect(try reader.read(at: reader.size - 1, upTo: 9) == Array(layer.bytes.suffix(1)))
        #expect(try reader.read(at: reader.size, upTo: 9) == [])
    }

    @Test func aLayerThatAnImageHasTwiceCountsOnce() async throws {
        let scratch = try Scratch()
        let store = scratch.store
        let twice = try RemoteFixture(scratch, [("same", "content"), ("same", "content")])
        try await twice.pull(into: store, as: "twice")
        let other = try RemoteFixture(scratch, [("same", "content"), ("own", "1234")])
        try await other.pull(into: store, as: "other")
        #expect(try store.inspect("twice").image.size == 7)
        #expect(try store.inspect("twice").image.layerCount == 2)
        #expect(try store.inspect("other").image.size == 11)
        let sizes = try store.layerSizes()
        #expect(sizes[twice.id]?.values.reduce(0, +) == 7)
        #expect(sizes[other.id]?.values.reduce(0, +) == 11)
        #expect(Set(sizes.values.flatMap(\.keys)).count == 2)
    }
}
