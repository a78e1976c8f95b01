import Engine
import LinuxSystem
import OCI
import Synchronization

/// The store as a place to copy to: layers are unpacked as they come.
public final class StoreDestination: ImageDestination {
    private let change: StoreChange
    private let known = Mutex(Known())

    private struct Known {
        /// Of the manifest that is being copied.
        var configuration: Descriptor?
        var layers: [String] = []
        /// By the blob's digest.
        var diffIDs: [String: Digest] = [:]
        /// Blobs that are no file systems: attestations, other artifacts. They are kept and not unpacked.
        var plainBlobs: Set<String> = []
        var published: [PublishedImage] = []
        /// What came was not what was promised: another try would end the same way.
        var isRefused = false
    }

    /// Begins a change of the store.
    public init(_ store: ImageStore) throws(EngineError) { change = try store.beginChange() }

    deinit { change.finish() }

    /// See `ImageDestination`.
    public var width: Int { 3 }
    /// See `ImageDestination`.
    public var takesIndexes: Bool { true }

    /// See `ImageDestination`.
    public func prepare(_ manifest: ManifestContent, _ image: ImageManifest) async throws {
        _ = try change.addDocument(manifest.bytes)
        known.withLock { known in
            known.configuration = image.config
            known.layers = image.layers.map(\.digest)
            let isImage = MediaType.isImageConfiguration(image.config.mediaType)
            for layer in image.layers where !isImage || !layer.mediaType.contains(".tar") {
                known.plainBlobs.insert(layer.digest)
            }
        }
        let digest = try Digest.parse(image.config.digest, in: "the manifest")
        if let bytes = try change.document(digest) { try learn(bytes) }
    }

    /// See `ImageDestination`.
    public func hasBlob(_ blob: Descriptor) async throws -> Bool {
        let digest = try Digest.parse(blob.digest, in: "the manifest")
        if isConfiguration(blob) { return try change.document(digest) != nil }
        if isPlain(blob) { return change.hasBlob(digest) }
        guard change.hasBlob(digest), let diffID = known.withLock({ $0.diffIDs[blob.digest] }) else { return false }
        return try change.hasLayer(diffID)
    }

    /// See `ImageDestination`.
    public func putBlob(_ blob: Descriptor, _ bytes: @escaping BlobBytes) async throws {
        if isConfiguration(blob) {
            let collected = try await WholeBlob.read(blob, limit: change.store.limits.documentBytes, bytes)
            try learn(collected)
            _ = try change.addDocument(collected)
            return
        }
        guard !isPlain(blob) else { return try await putPlain(blob, bytes) }
        guard let diffID = known.withLock({ $0.diffIDs[blob.digest] }) else {
            throw EngineError(.corrupted, "the configuration has no layer for the blob \(printable(blob.digest))")
        }
        let ingest = try await change.ingest(blob, diffID: diffID)
        guard case .wanting(let offset) = ingest.state else { return }
        do {
            try await bytes(offset) { try await ingest.write($0) }
            try await ingest.finish()
        } catch let error as EngineError {
            ingest.abandon()
            if error.isAboutContent { known.withLock { $0.isRefused = true } }
            throw change.store.explained(error)
        } catch {
            ingest.abandon()
            throw error
        }
    }

    /// See `ImageDestination`.
    public func putManifest(_ manifest: ManifestContent, names: [String]?) async throws {
        if manifest.isIndex { _ = try change.addDocument(manifest.bytes) }
        guard let names else { return }
        var references: [ImageReference?] = []
        for name in names { references.append(try ImageReference(name)) }
        if references.isEmpty { references = [nil] }
        known.withLock { known in
            for reference in references {
                known.published.append(
                    PublishedImage(manifest: manifest.descriptor, name: reference, repoDigest: nil))
            }
        }
    }

    /// See `ImageDestination`.
    public func commit() async throws {
        for image in known.withLock(\.published) { _ = try change.publish(image) }
        change.finish()
    }

    /// See `ImageDestination`.
    public func abandon() async {
        if known.withLock(\.isRefused) { change.discard() } else { change.finish() }
    }

    /// Gives up, and keeps nothing for another try: what came was at hand, and is again.
    func discard() { change.discard() }

    /// The identifier of an image whose manifest has come.
    func identifier(of manifest: Digest) throws(EngineError) -> String {
        let bytes = try change.store.readDocument(manifest, "manifest")
        return try JSON.decode(ImageManifest.self, bytes, document: "manifest \(manifest)").config.digest
    }

    // MARK: - Layers

    private func isConfiguration(_ blob: Descriptor) -> Bool {
        known.withLock { $0.configuration?.digest == blob.digest }
    }

    private func isPlain(_ blob: Descriptor) -> Bool { known.withLock { $0.plainBlobs.contains(blob.digest) } }

    private func putPlain(_ blob: Descriptor, _ bytes: BlobBytes) async throws {
        let path = change.newPath()
        let received = try ReceivedBlob(path, size: blob.size)
        try await bytes(0) { _ = try received.write($0) }
        let digest = try received.finish()
        guard digest.description == blob.digest else {
            throw EngineError(.corrupted, "the blob \(printable(blob.digest)) does not match its digest")
        }
        try change.store.publish(path, as: digest)
    }

    /// The configuration tells what each layer is without its compression.
    private func learn(_ configuration: [UInt8]) throws(EngineError) {
        let (layers, plainBlobs) = known.withLock { ($0.layers, $0.plainBlobs) }
        // Of an artifact, whose configuration may be anything, nothing is unpacked.
        guard !layers.allSatisfy(plainBlobs.contains) else { return }
        let parsed = try JSON.decode(
            ImageConfiguration.self, configuration, document: "the configuration")
        guard parsed.rootfs.diffIDs.count == layers.count, layers.count <= change.store.limits.layers else {
            throw EngineError(
                .corrupted,
                "the manifest has \(layers.count) layers, its configuration \(parsed.rootfs.diffIDs.count)")
        }
        for (blob, text) in zip(layers, parsed.rootfs.diffIDs) {
            let diffID = try Digest.parse(text, in: "the configuration")
            known.withLock { $0.diffIDs[blob] = diffID }
        }
    }
}
