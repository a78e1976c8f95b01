import Engine
import Images
import OCI
import Synchronization

/// Steps done before: the store's own, then those of caches elsewhere.
final class StepCache: Sendable {
    private let store: ImageStore
    private let remotes: [any RemoteCache]
    /// What this build has made or found, by stage, in order: what a cache elsewhere is given.
    private let used = Mutex<[Int: [Found]]>([:])

    init(store: ImageStore, remotes: [any RemoteCache]) {
        self.store = store
        self.remotes = remotes
    }

    /// A step that was found.
    struct Found: Sendable {
        var layer: StepLayer
        var createdAt: Timestamp
        /// The record as whoever has it keeps it.
        var record: CachedStep
    }

    /// What there is for a key; `nil`: it is to be made.
    func step(_ key: Digest) -> Found? {
        if let record = store.cachedStep(key), let layer = record.layer {
            return Found(layer: .here(layer), createdAt: record.createdAt, record: record)
        }
        for remote in remotes {
            guard let record = remote.step(key), let layer = record.layer else { continue }
            let elsewhere = StepLayer.elsewhere(record, diffID: layer.diffID, remote)
            return Found(layer: elsewhere, createdAt: record.createdAt, record: record)
        }
        return nil
    }

    /// Keeps what was made.
    func keep(_ record: CachedStep) { store.keep(record) }

    /// Notes that a stage's result stands on a step.
    func note(_ step: Found, stage: Int) { used.withLock { $0[stage, default: []].append(step) } }

    /// Steps of these stages, in order.
    func noted(stages: [Int]) -> [Found] { used.withLock { used in stages.flatMap { used[$0] ?? [] } } }
}
