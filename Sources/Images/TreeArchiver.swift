import Engine

/// Writes a part of a directory tree as a tar stream (`docker cp` out of a container).
public struct TreeArchiver: Sendable {
    /// Makes an archiver.
    public init() {}

    /// Archives what stands at `path` beneath the directory `root` and all below it, on one file system.
    ///
    /// - Parameters:
    ///   - root: an open directory; `path` is resolved within it, no symbolic link leads out.
    ///   - path: relative to `root`; its last component is not followed.
    ///   - name: what the top entry is called in the archive; entries below it are `name/…`.
    ///   - descriptor: where the archive goes; not closed.
    public func archive(
        _ path: String, beneath root: Int32, as name: String, toDescriptor descriptor: Int32
    ) throws(EngineError) { throw EngineError(.unsupported, "being written") }
}
