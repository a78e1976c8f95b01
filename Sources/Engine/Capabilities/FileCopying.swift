/// Files can be copied in and out of containers, running or not, as tar streams.
///
/// The paths inside are resolved within the container's root: no symbolic link leads out of it.
public protocol FileCopying: Sendable {
    /// What stands at `path` in the container, a symbolic link itself unless `followLink`; `nil` when nothing does.
    func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts?
    /// Writes `path` and what is below it as a tar archive, whose top entry has the path's last component for a name.
    func copyOut(_ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32) async throws
    /// Unpacks a tar archive into the directory `path`, which must exist. `keepOwners`: numeric owners as in
    /// the archive (`docker cp -a`), else root's.
    func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws
}

/// What is known of a path in a container.
public struct FileFacts: Sendable, Hashable {
    /// It is a directory.
    public var isDirectory: Bool
    /// It is a symbolic link, and was not followed.
    public var isSymbolicLink: Bool
    /// Where a symbolic link points, as written.
    public var linkTarget: String?
    /// Bytes.
    public var size: Int64
    /// Permission bits and file type, as in `stat(2)`.
    public var mode: UInt32

    /// Makes the facts.
    public init(isDirectory: Bool, isSymbolicLink: Bool, linkTarget: String?, size: Int64, mode: UInt32) {
        self.isDirectory = isDirectory
        self.isSymbolicLink = isSymbolicLink
        self.linkTarget = linkTarget
        self.size = size
        self.mode = mode
    }
}
