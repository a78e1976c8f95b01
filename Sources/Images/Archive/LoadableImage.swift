import Engine
import OCI

/// An image in an archive, its documents read and checked, its layers found.
struct LoadableImage {
    /// The manifest as the archive has it; `nil` in docker's older archives, which have none.
    var manifest: (bytes: [UInt8], digest: Digest)?
    var configuration: StagedArchive.File
    /// Diff identifier and compressed or plain archive of every layer, lowest first.
    var layers: [Layer]
    var names: [ImageReference]

    struct Layer {
        var diffID: Digest
        var content: Content
        /// As the manifest says it.
        var mediaType: String?
    }

    /// Where a layer's bytes are.
    enum Content {
        case file(StagedArchive.File)
        /// Left out of the archive, but in the store.
        case stored(Digest, size: Int64)
    }
}
