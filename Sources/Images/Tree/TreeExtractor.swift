import Engine

/// Unpacks a tar stream into a directory, contained in it (`docker cp` into a container).
public struct TreeExtractor: Sendable {
    /// Numeric owners as in the archive, else the caller's.
    public var keepOwners: Bool
    /// What the archive may cost.
    public var limits: ArchiveLimits

    /// Makes an extractor.
    public init(keepOwners: Bool, limits: ArchiveLimits = ArchiveLimits()) {
        self.keepOwners = keepOwners
        self.limits = limits
    }

    /// Unpacks the archive on `source` (plain, gzip or zstd) into the open directory `destination`.
    ///
    /// Every path is resolved with `destination` as root, so no entry, symbolic link or hard link leaves it.
    /// `.wh.` names mean nothing here. Neither descriptor is closed.
    public func extract(fromDescriptor source: Int32, into destination: Int32) throws(EngineError) {
        let subject = "the archive"
        let stream = try HashingSource(
            DecompressedSource(DescriptorSource(source, subject: subject), subject: subject),
            limit: limits.layerBytes, subject: subject)
        let writer = TreeWriter(root: destination, purpose: .copy, keepOwners: keepOwners, limits: limits)
        try withPortableNames { () throws(EngineError) in
            try writer.apply(TarReader(stream, subject: subject))
        }
        _ = try stream.finish()
    }
}
