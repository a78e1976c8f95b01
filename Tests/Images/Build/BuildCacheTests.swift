import Engine
import Glibc
@testable import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "layers keep owners and whiteouts, which needs root"))
struct BuildCacheTests {
    private let bench: LayerBench
    private var store: ImageStore { bench.store }

    init() throws { bench = try LayerBench() }

    private func step(_ key: String, _ layer: BuiltLayer?, at seconds: Int64 = 1000) -> CachedStep {
        CachedStep(
            key: Digest(of: Array(key.utf8)), layer: layer, instruction: "RUN \(key)",
            createdAt: Timestamp(seconds: seconds))
    }

    @Test func whatIsKeptIsFoundAgain() throws {
        let kept = step("one", try bench.layer("echo 1 > a"))
        #expect(store.cachedStep(kept.key) == nil)
        store.keep(kept)
        let plain = step("two", nil)
        store.keep(plain)
        #expect(store.cachedStep(kept.key) == kept && store.cachedStep(plain.key) == plain)
        #expect(try store.cacheRecords().map(\.description) == ["RUN one"])
        #expect(try store.cacheRecords().first?.uses == 1)
    }

    @Test(arguments: ["blob", "short blob", "layer", "layer's record", "text", "other"])
    func aRecordThatLacksSomethingIsNoHit(what: String) throws {
        let layer = try bench.layer("echo 1 > a"), kept = step("one", layer)
        store.keep(kept)
        let record = BuildCacheFiles(store).step(kept.key)
        switch what {
        case "blob": try Files.remove(try bench.archive(layer))
        case "short blob": #expect(truncate(try bench.archive(layer), 100) == 0)
        case "layer": try Files.removeTree("\(store.layersDirectory)/\(layer.directory)")
        case "layer's record": try Files.remove("\(store.layersDirectory)/\(layer.directory).json")
        case "text": try Files.writeAtomically(Array("{\"key\":".utf8), to: record)
        default: try Files.rename(record, to: BuildCacheFiles(store).step(Digest(of: [])))
        }
        #expect(store.cachedStep(kept.key) == nil && store.cachedStep(Digest(of: [])) == nil)
        // What is of no use goes with the next sweep.
        bench.change.finish()
        try store.collectGarbage()
        #expect(try Files.list(BuildCacheFiles(store).steps).isEmpty)
    }

    @Test func collectorsKeepWhatTheCacheHas() throws {
        let layer = try bench.layer("echo 1 > a"), other = try bench.layer("echo 2 > b"), kept = step("one", layer)
        store.keep(kept)
        bench.change.finish()
        try store.collectGarbage()
        #expect(store.cachedStep(kept.key) == kept)
        #expect(!Files.exists(try bench.archive(other)))
        #expect(try store.findLayer(other.diffID) == nil)
    }

    @Test func pruningGivesBackWhatNoImageHas() throws {
        let shared = try bench.layer("echo 1 > a"), own = try bench.layer("echo 2 > b")
        for (key, layer) in [("shared", shared), ("own", own)] { store.keep(step(key, layer)) }
        _ = try bench.publish([shared], as: "kept:1")
        bench.change.finish()
        let records = try store.cacheRecords()
        #expect(records.count == 2 && records.first { $0.description == "RUN shared" }?.isShared == true)
        #expect(records.first { $0.description == "RUN own" }?.isShared == false)
        #expect(records.first { $0.description == "RUN own" }?.size == own.size + own.descriptor.size)
        #expect(try store.pruneCache(BuildCachePrune()).map(\.description) == ["RUN own"])
        let (ownArchive, sharedArchive) = (try bench.archive(own), try bench.archive(shared))
        #expect(!Files.exists(ownArchive) && Files.exists(sharedArchive))
        var all = BuildCachePrune()
        all.all = true
        #expect(try store.pruneCache(all).map(\.description) == ["RUN shared"])
        #expect(Files.exists(try bench.archive(shared)))
        #expect(try store.cacheRecords().isEmpty)
    }

    @Test func pruningCanKeepWhatWasUsedLately() throws {
        var layers: [BuiltLayer] = []
        for number in 1...3 {
            let layer = try bench.layer("head -c 100000 /dev/urandom > f")
            let kept = step("\(number)", layer)
            store.keep(kept)
            let record = try OwnedDescriptor.open(BuildCacheFiles(store).step(kept.key))
            try record.setModified(Int64(number) * 1_000_000_000)
            layers.append(layer)
        }
        #expect(try store.cacheRecords().map(\.description) == ["RUN 3", "RUN 2", "RUN 1"])
        var prune = BuildCachePrune()
        prune.keepBytes = 450_000
        #expect(try store.pruneCache(prune).map(\.description) == ["RUN 1"])
        prune = BuildCachePrune()
        prune.unusedSince = Timestamp(seconds: 3)
        #expect(try store.pruneCache(prune).map(\.description) == ["RUN 2"])
        prune = BuildCachePrune()
        prune.ids = ["nothing"]
        #expect(try store.pruneCache(prune).isEmpty)
        prune.ids = [String(step("3", nil).key.hex.prefix(12))]
        #expect(try store.pruneCache(prune).map(\.description) == ["RUN 3"])
    }

    @Test func aBuildKeepsItsLayersThroughAPrune() throws {
        let layer = try bench.layer("echo 1 > a")
        store.keep(step("one", layer))
        #expect(try store.pruneCache(BuildCachePrune()).count == 1)
        #expect(Files.exists(try bench.archive(layer)))
        bench.change.finish()
        #expect(!Files.exists(try bench.archive(layer)))
    }

    // MARK: - Cache mounts

    @Test func aCacheMountKeepsItsFilesAndItsOwner() async throws {
        do {
            let mount = try await store.cacheMount(
                id: "/var/cache/apt", sharing: .shared, description: "RUN apt", mode: 0o750, uid: 5, gid: 6
            ) { try Files.writeAtomically([1], to: "\($0)/base") }
            try Files.writeAtomically([2], to: "\(mount.path)/more")
            let facts = try #require(try Files.status(mount.path))
            #expect(facts.mode & 0o7777 == 0o750 && facts.uid == 5 && facts.gid == 6)
            #expect(try store.cacheRecords().first?.isInUse == true)
            #expect(try store.pruneCache(BuildCachePrune()).isEmpty)
        }
        let again = try await store.cacheMount(id: "/var/cache/apt", sharing: .locked, description: "RUN apt") { _ in
            throw EngineError(.conflict, "it is there")
        }
        #expect(try Files.list(again.path).count == 2)
        let other = try await store.cacheMount(id: "/var/cache/dnf", sharing: .shared, description: "RUN dnf")
        #expect(other.path != again.path)
        #expect(try Files.list(other.path).isEmpty)
    }

    @Test func sharedOnesAreTheSameAndPrivateOnesAreNot() async throws {
        let one = try await store.cacheMount(id: "a", sharing: .shared, description: "")
        let two = try await store.cacheMount(id: "a", sharing: .shared, description: "")
        #expect(one.path == two.path)
        let mine = try await store.cacheMount(id: "b", sharing: .private, description: "")
        let yours = try await store.cacheMount(id: "b", sharing: .private, description: "")
        #expect(mine.path != yours.path)
    }

    @Test func aLockedOneWaits() async throws {
        let store = store
        var one: CacheMount? = try await store.cacheMount(id: "a", sharing: .locked, description: "")
        let path = one?.path
        let waiting = Task { try await store.cacheMount(id: "a", sharing: .shared, description: "").path }
        try await Task.sleep(for: .milliseconds(120))
        try Files.writeAtomically([], to: "\(path ?? "")/mark")
        one = nil
        let found = try await waiting.value
        #expect(found == path && Files.exists("\(found)/mark"))
        let held = try await store.cacheMount(id: "a", sharing: .locked, description: "")
        let cancelled = Task { try await store.cacheMount(id: "a", sharing: .locked, description: "") }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { _ = try await cancelled.value }
        withExtendedLifetime(held) {}
    }

    @Test func aPruneRemovesCacheMountsThatNobodyUses() async throws {
        _ = try await store.cacheMount(id: "a", sharing: .shared, description: "RUN a")
        #expect(try store.cacheRecords().first?.kind == .cacheMount)
        #expect(try store.pruneCache(BuildCachePrune()).map(\.description) == ["RUN a"])
        #expect(try store.cacheRecords().isEmpty)
        let left = try bench.scratch.run("find", BuildCacheFiles(store).mounts, "-mindepth", "1", "-type", "d")
        #expect(left.isEmpty)
    }

    // MARK: - Images to build on

    @Test func anImageIsABase() throws {
        let layers = [
            try bench.layer("mkdir etc; echo 'app:x:7:8::/home:/bin/sh' > etc/passwd; echo 'g:x:9:' > etc/group")
        ]
        let id = try bench.publish(layers, as: "base:1")
        let base = try bench.change.baseImage("base:1", platform: nil)
        #expect(base.id == id && base.layers == layers)
        #expect(base.name.hasPrefix("docker.io/library/base:1@sha256:"))
        let accounts = try store.accounts(of: base.layers)
        let identity = try accounts.identity("app:g")
        #expect(identity.uid == 7 && identity.gid == 9)
        let error = try #require(throws: EngineError.self) { _ = try bench.change.baseImage("other:1", platform: nil) }
        #expect(error.code == .notFound)
        let foreign = Platform(architecture: "riscv64", os: "linux")
        let wrong = try #require(throws: EngineError.self) {
            _ = try bench.change.baseImage("base:1", platform: foreign)
        }
        #expect(wrong.code == .notFound)
    }
}
