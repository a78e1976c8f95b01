import Build
import Engine
import Images
import LinuxSystem
import OCI
import Synchronization

/// An engine whose images are the store's, whose web is a dictionary, and whose caches elsewhere are lists in memory.
final class FakeServices: BuildServices {
    private let pages: [String: String]
    private let state = Mutex(State())

    private struct State {
        var asked: [String] = []
        var exported: [CachedStep] = []
        var pushed: [String] = []
        var fetched: [String] = []
        var remote: FakeRemoteCache?
    }

    init(pages: [String: String] = [:], remote: FakeRemoteCache? = nil) {
        self.pages = pages
        state.withLock { $0.remote = remote }
    }

    /// References of base images that were asked for.
    var asked: [String] { state.withLock { $0.asked } }
    /// Steps that went to a cache elsewhere.
    var exported: [CachedStep] { state.withLock { $0.exported } }
    /// Names that were pushed.
    var pushed: [String] { state.withLock { $0.pushed } }
    /// URLs that were fetched.
    var fetched: [String] { state.withLock { $0.fetched } }

    func baseImage(
        _ reference: String, platform: Platform, pull: Bool, change: StoreChange, progress: @escaping TransferProgress
    ) async throws -> BaseImage {
        state.withLock { $0.asked.append(reference) }
        return try change.baseImage(reference, platform: platform)
    }

    func fetch(_ url: String, into path: String) async throws -> FetchedFile {
        state.withLock { $0.fetched.append(url) }
        guard let page = pages[url] else { throw EngineError(.notFound, "\(url): 404") }
        let bytes = Array(page.utf8)
        try Files.writeAtomically(bytes, to: path)
        let name = url.split(separator: "/").last.map(String.init) ?? ""
        return FetchedFile(name: name, digest: Digest(of: bytes), size: Int64(bytes.count), modifiedAt: nil)
    }

    func importCache(_ location: BuildCacheLocation, change: StoreChange) async throws -> any RemoteCache {
        guard let remote = state.withLock({ $0.remote }) else { throw EngineError(.notFound, "no such cache") }
        return remote
    }

    func exportCache(_ steps: [CachedStep], to location: BuildCacheLocation, change: StoreChange) async throws {
        state.withLock { $0.exported += steps }
    }

    func push(_ name: String, progress: @escaping TransferProgress) async throws {
        state.withLock { $0.pushed.append(name) }
    }
}

/// A cache elsewhere whose layers are another store's.
final class FakeRemoteCache: RemoteCache {
    private let steps: [Digest: CachedStep]
    private let origin: ImageStore
    private let fetches = Mutex<[Digest]>([])

    init(_ steps: [CachedStep], of origin: ImageStore) {
        self.steps = Dictionary(steps.map { ($0.key, $0) }) { first, _ in first }
        self.origin = origin
    }

    /// Keys whose layers were brought here.
    var fetched: [Digest] { fetches.withLock { $0 } }

    func step(_ key: Digest) -> CachedStep? { steps[key] }

    func fetch(
        _ step: CachedStep, change: StoreChange, progress: @escaping TransferProgress
    ) async throws -> BuiltLayer {
        fetches.withLock { $0.append(step.key) }
        guard let layer = step.layer else { throw EngineError(.notFound, "no layer") }
        let draft = try change.makeDraft()
        for entry in try Files.list("\(origin.layersDirectory)/\(layer.directory)") {
            let bytes = try Files.read("\(origin.layersDirectory)/\(layer.directory)/\(entry.name)")
            try Files.writeAtomically(bytes, to: "\(draft.upper)/\(entry.name)")
        }
        return try change.commit(draft, epoch: 0)
    }
}
