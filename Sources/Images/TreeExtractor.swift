import Engine

/// Unpacks a tar stream into a directory, contained in it (`docker cp` into a container).
public struct TreeExtractor: Sendable {
    /// Numeric owners as in the archive, else the caller's.
    public var keepOwners: Bool

    /// Makes an extractor.
    public init(keepOwners: Bool) { self.keepOwners = keepOwners }

    /// Unpacks the archive on `source` (plain, gzip or zstd) into the open directory `destination`.
    ///
    /// Every path is resolved with `destination` as root, so no entry, symbolic link or hard link leaves it.
    /// `.wh.` names mean nothing here. Neither descriptor is closed.
    public func extract(fromDescriptor source: Int32, into destination: Int32) throws(EngineError) { throw EngineError(.unsupported, "being written") }
}
