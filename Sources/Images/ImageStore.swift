import Engine
import OCI

/// Images in one directory: an OCI image layout beside the unpacked layers.
///
/// Several processes may use one store at once. Every call blocks (disk, locks): call from a thread that may wait.
/// A crash at any moment leaves garbage at most, which the next changing call clears away.
public struct ImageStore: Sendable {
    /// The layout's directory, absolute.
    public let root: String
    /// Which image of an index is taken.
    public let platform: Platform
    /// What an archive may cost.
    public let limits: ArchiveLimits
    /// Asked before anything is collected: images whose layers containers stand on, listed or not.
    let imagesInUse: @Sendable () throws -> Set<ImageID>

    /// A store below `root`; nothing is made until something is written.
    public init(
        root: String, platform: Platform = .host, limits: ArchiveLimits = ArchiveLimits(),
        imagesInUse: @escaping @Sendable () throws -> Set<ImageID> = { [] }
    ) {
        self.root = root
        self.platform = platform
        self.limits = limits
        self.imagesInUse = imagesInUse
    }
}
