import Engine
import OCI

/// An image's manifest as the store has it, byte for byte.
public struct StoredManifest: Sendable, Hashable {
    /// The digest of the configuration.
    public var id: ImageID
    /// The bytes, which match the descriptor's digest.
    public var bytes: [UInt8]
    /// Digest, media type and size of these bytes.
    public var descriptor: Descriptor
    /// The manifest, read.
    public var manifest: ImageManifest
    /// The layers' diff identifiers, lowest first.
    public var diffIDs: [Digest]
    /// The image's names.
    public var names: [ImageReference]
    /// `docker.io/library/busybox@sha256:…` for every registry that it came from or went to.
    public var repoDigests: [String]

    /// What the bytes are; see `MediaType`.
    public var mediaType: String { descriptor.mediaType }
    /// What the bytes hash to, as text.
    public var digest: String { descriptor.digest }
    /// The configuration.
    public var config: Descriptor { manifest.config }
    /// The layers, lowest first.
    public var layers: [Descriptor] { manifest.layers }
}

extension ImageStore {
    /// The manifest of the image that `reference` names; of an index, the one for this platform.
    public func manifest(of reference: String) throws(EngineError) -> StoredManifest {
        let index = try readIndex()
        let found = try find(reference, in: index)
        let image = found.image
        let digest = try Digest.parse(image.manifestDescriptor.digest, in: indexPath)
        return StoredManifest(
            id: image.id, bytes: try readDocument(digest, "manifest"), descriptor: image.manifestDescriptor.bare,
            manifest: image.manifest, diffIDs: image.diffIDs, names: found.descriptors.compactMap(\.reference),
            repoDigests: found.repoDigests)
    }
}
