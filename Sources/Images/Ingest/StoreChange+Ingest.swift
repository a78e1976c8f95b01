import Engine
import OCI

extension StoreChange {
    /// Begins to take in a layer's blob, and to unpack it meanwhile. One blob is taken in once at a time: who comes second,
    /// in this process or another, waits and then finds it done.
    ///
    /// - Parameters:
    ///   - blob: from the image's manifest.
    ///   - diffID: the digest of the layer without its compression, from the image's configuration.
    ///   - whileWaiting: called once when somebody else is at it.
    /// - Throws: `.corrupted` for a descriptor that makes no sense; `.system`.
    public func ingest(
        _ blob: Descriptor, diffID: Digest, whileWaiting: @escaping @Sendable () -> Void = {}
    ) async throws -> LayerIngest {
        try await LayerIngest.begin(blob, diffID: diffID, in: store, sync: sync, whileWaiting: whileWaiting)
    }
}
