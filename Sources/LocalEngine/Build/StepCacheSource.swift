import Build
import Engine
import FoundationEssentials
import Images
import OCI
import Synchronization

/// A build cache elsewhere.
struct StepCacheSource: Sendable {
    private let source: any ImageSource

    init(_ source: any ImageSource) { self.source = source }

    /// Reads the list of steps; layers are fetched when they are asked for.
    /// - Throws: `.notFound` when nothing is there, `.unsupported` when it is no cache of this kind.
    func read(_ location: BuildCacheLocation) async throws -> any RemoteCache {
        let content = try await source.manifest()
        let name = Self.words(location)
        guard !content.isIndex, let manifest = try? JSONDecoder().decode(ImageManifest.self, from: Data(content.bytes)),
            manifest.config.mediaType == StepCacheArtifact.configurationType
        else { throw EngineError(.unsupported, "\(name) is no build cache of spyhop's") }
        guard manifest.config.size >= 0, manifest.config.size <= Int64(StepCacheArtifact.listLimit) else {
            throw EngineError(.corrupted, "\(name) is refused: its list of steps is too long")
        }
        let gathered = Mutex<[UInt8]>([])
        let size = Int(manifest.config.size)
        try await source.readBlob(manifest.config, from: 0) { bytes in
            try gathered.withLock { all in
                guard all.count + bytes.count <= size else {
                    throw EngineError(.corrupted, "\(name) is damaged: its list of steps is longer than told")
                }
                all += bytes
            }
        }
        let bytes = gathered.withLock(\.self)
        guard Digest(of: bytes).description == manifest.config.digest,
            let steps = try? JSONDecoder().decode([CachedStep].self, from: Data(bytes))
        else { throw EngineError(.corrupted, "\(name) is damaged: its list of steps cannot be read") }
        return StepCache(source: source, name: name, steps: steps)
    }

    private static func words(_ location: BuildCacheLocation) -> String {
        switch location {
        case .registry(let name, _): printable(name)
        case .directory(let path, _): printable(path)
        }
    }
}

/// The steps of a cache elsewhere.
private struct StepCache: RemoteCache {
    private let source: any ImageSource
    private let name: String
    private let steps: [Digest: CachedStep]

    init(source: any ImageSource, name: String, steps: [CachedStep]) {
        self.source = source
        self.name = name
        // Of two with one key the earlier one counts.
        self.steps = Dictionary(steps.map { ($0.key, $0) }) { first, _ in first }
    }

    func step(_ key: Digest) -> CachedStep? { steps[key] }

    func fetch(
        _ step: CachedStep, change: StoreChange, progress: @escaping TransferProgress
    ) async throws -> BuiltLayer {
        guard let layer = step.layer else {
            throw EngineError(.invalidArgument, "the step \(printable(step.instruction)) has no layer")
        }
        let blob = layer.descriptor
        let mark = BlobProgress(digest: blob.digest, size: blob.size, phase: .waiting)
        progress(.manifest(digest: step.key.description, blobs: [mark]))
        let meter = ProgressMeter(mark, progress)
        let ingest = try await change.ingest(blob, diffID: layer.diffID) { meter.enter(.awaitingOther) }
        if case .wanting(let offset) = ingest.state {
            do {
                meter.reach(offset, .downloading)
                try await source.readBlob(blob, from: offset) { bytes in
                    try await ingest.write(bytes)
                    meter.advance(by: bytes.count, .downloading)
                }
                meter.enter(.extracting)
                try await ingest.finish()
            } catch {
                ingest.abandon()
                throw error
            }
        }
        meter.enter(.done)
        guard let built = try change.layer(layer.diffID, blob: blob) else {
            throw EngineError(.corrupted, "a layer of \(name) could not be taken in")
        }
        return built
    }
}
