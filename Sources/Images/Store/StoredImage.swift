import Engine
import OCI

/// An image as the store holds it.
struct StoredImage {
    /// The manifest's descriptor as the index has it.
    var descriptor: Descriptor
    /// The image manifest's own; another one only when the index's leads to an index.
    var manifestDescriptor: Descriptor
    var manifest: ImageManifest
    var configuration: ImageConfiguration
    /// Diff identifiers, lowest first.
    var diffIDs: [Digest]

    /// The digest of the configuration.
    var id: ImageID { ImageID(rawValue: manifest.config.digest) }
}
