import Engine
import FoundationEssentials
import Images
import LinuxSystem
import OCI
import Registry
import Synchronization

/// One image on its way from the store into a registry: its blobs side by side, then the manifest that names them.
///
/// Layers of plain tar, as builds and imports make them, are compressed on the way, and the manifest names them so. One that
/// has come from a registry goes back as it is.
struct PushOperation: Sendable {
    let client: RegistryClient
    let change: StoreChange
    let reference: ImageReference
    let manifest: StoredManifest
    let tell: TransferProgress

    /// Blobs sent at a time; docker sends five, but hashing and reading cost nothing here.
    private static let width = 3
    private static let pieceSize = 1 << 20

    private var store: ImageStore { change.store }

    /// - Returns: the manifest that the registry has got.
    func run() async throws -> Descriptor {
        tell(.began(reference: reference.full))
        var seen: Set<String> = []
        let layers = manifest.layers.filter { seen.insert($0.digest).inserted }
        tell(
            .manifest(
                digest: manifest.descriptor.digest,
                blobs: layers.map { BlobProgress(digest: $0.digest, size: $0.size, phase: .waiting) }))
        let sent = Mutex<[String: Descriptor]>([:])
        try await forEachConcurrently(layers, width: Self.width) { layer in
            let descriptor = compresses(layer) ? try await sendCompressed(layer) : try await send(layer, tell)
            sent.withLock { $0[layer.digest] = descriptor }
        }
        // The configuration is no layer: docker does not show it either.
        _ = try await send(manifest.config) { _ in }
        let content = try content(sent.withLock(\.self))
        try await client.putManifest(content.bytes, mediaType: content.mediaType, as: reference)
        return content.descriptor
    }

    /// A manifest that a registry has had stays as it is known there.
    private func compresses(_ layer: Descriptor) -> Bool {
        layer.mediaType == MediaType.layer
            && !manifest.repoDigests.contains { $0.hasSuffix("@\(manifest.descriptor.digest)") }
    }

    private func content(_ sent: [String: Descriptor]) throws -> ManifestContent {
        let layers = manifest.layers.map { sent[$0.digest] ?? $0 }
        guard layers != manifest.layers else {
            return ManifestContent(bytes: manifest.bytes, mediaType: manifest.descriptor.mediaType)
        }
        var changed = manifest.manifest
        changed.layers = layers
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ManifestContent(
            bytes: Array(try encoder.encode(changed)), mediaType: manifest.descriptor.mediaType)
    }

    // MARK: - Blobs

    private func send(_ blob: Descriptor, _ tell: @escaping TransferProgress) async throws -> Descriptor {
        let digest = try Digest.parse(blob.digest, in: "the manifest of \(reference.familiar)")
        let meter = ProgressMeter(BlobProgress(digest: blob.digest, size: blob.size, phase: .waiting), tell)
        guard try await !isThere(digest, meter) else { return blob }
        try await upload(blob, try store.openBlob(digest), meter)
        return blob
    }

    /// It is told of under the name that it has here, since its other one is not known at first.
    private func sendCompressed(_ layer: Descriptor) async throws -> Descriptor {
        if let known = store.knownCompression(of: layer), let digest = Digest(known.digest) {
            let meter = ProgressMeter(BlobProgress(digest: layer.digest, size: known.size, phase: .waiting), tell)
            if try await isThere(digest, meter) { return known }
        }
        let (store, path) = (store, change.newPath())
        let made = try await runCancellable { isCancelled in
            try store.compress(layer, through: path, isCancelled: isCancelled)
        }
        let digest = try Digest.parse(made.descriptor.digest, in: "the manifest of \(reference.familiar)")
        let mark = BlobProgress(digest: layer.digest, size: made.descriptor.size, phase: .waiting)
        let meter = ProgressMeter(mark, tell)
        if try await !isThere(digest, meter) { try await upload(made.descriptor, made.bytes, meter) }
        return made.descriptor
    }

    /// Whether the registry has a blob, or takes it over from another repository of its own.
    private func isThere(_ digest: Digest, _ meter: ProgressMeter) async throws -> Bool {
        if try await client.hasBlob(digest, in: reference) {
            meter.enter(.exists)
            return true
        }
        for source in neighbours where try await client.mountBlob(digest, from: source, into: reference) {
            meter.enter(.mounted(from: source.path))
            return true
        }
        return false
    }

    private func upload(_ blob: Descriptor, _ reader: BlobReader, _ meter: ProgressMeter) async throws {
        meter.reach(0, .uploading)
        try await client.uploadBlob(
            blob, to: reference,
            read: { offset in try reader.read(at: offset, upTo: Self.pieceSize) },
            progress: { sent in meter.reach(sent, .uploading) },
            retrying: { reason in meter.enter(.retrying(reason: reason)) })
        meter.enter(.done)
    }

    /// Other repositories of the same registry that have had this image.
    private var neighbours: [ImageReference] {
        manifest.repoDigests.compactMap { try? ImageReference($0) }.filter {
            $0.domain == reference.domain && $0.path != reference.path
        }
    }
}
