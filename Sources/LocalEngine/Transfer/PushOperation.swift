import Engine
import Images
import OCI
import Registry

/// One image on its way from the store into a registry: its blobs side by side, then the manifest that names them.
struct PushOperation: Sendable {
    let client: RegistryClient
    let store: ImageStore
    let reference: ImageReference
    let manifest: StoredManifest
    let tell: TransferProgress

    /// Blobs sent at a time; docker sends five, but hashing and reading cost nothing here.
    private static let width = 3
    private static let pieceSize = 1 << 20

    func run() async throws {
        tell(.began(reference: reference.full))
        var seen: Set<String> = []
        let layers = manifest.layers.filter { seen.insert($0.digest).inserted }
        tell(
            .manifest(
                digest: manifest.descriptor.digest,
                blobs: layers.map { BlobProgress(digest: $0.digest, size: $0.size, phase: .waiting) }))
        try await forEachConcurrently(layers, width: Self.width) { blob in try await send(blob, tell) }
        // The configuration is no layer: docker does not show it either.
        try await send(manifest.config) { _ in }
        try await client.putManifest(
            manifest.bytes, mediaType: manifest.descriptor.mediaType, as: reference)
    }

    private func send(_ blob: Descriptor, _ tell: @escaping TransferProgress) async throws {
        let digest = try Digest.parse(blob.digest, in: "the manifest of \(reference.familiar)")
        let meter = ProgressMeter(BlobProgress(digest: blob.digest, size: blob.size, phase: .waiting), tell)
        if try await client.hasBlob(digest, in: reference) {
            meter.enter(.exists)
            return
        }
        for source in neighbours where try await client.mountBlob(digest, from: source, into: reference) {
            meter.enter(.mounted(from: source.path))
            return
        }
        let reader = try store.openBlob(digest)
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
