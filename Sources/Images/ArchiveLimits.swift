/// What an archive may cost before it is refused: a few kilobytes can otherwise fill a disk.
public struct ArchiveLimits: Sendable, Hashable {
    /// Bytes of one layer, unpacked.
    public var layerBytes: Int64
    /// Files and directories of one layer.
    public var layerEntries: Int
    /// Bytes of a whole archive, decompressed.
    public var archiveBytes: Int64
    /// Files in an image archive.
    public var archiveEntries: Int
    /// Bytes of one JSON document.
    public var documentBytes: Int64
    /// Layers of one image; overlayfs takes 500.
    public var layers: Int

    /// Generous limits: 64 GiB and 4 million entries a layer, 256 GiB an archive.
    public init(
        layerBytes: Int64 = 64 << 30, layerEntries: Int = 4_000_000, archiveBytes: Int64 = 256 << 30,
        archiveEntries: Int = 100_000, documentBytes: Int64 = 8 << 20, layers: Int = 400
    ) {
        self.layerBytes = layerBytes
        self.layerEntries = layerEntries
        self.archiveBytes = archiveBytes
        self.archiveEntries = archiveEntries
        self.documentBytes = documentBytes
        self.layers = layers
    }
}
