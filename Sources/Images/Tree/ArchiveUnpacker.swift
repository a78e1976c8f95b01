import Engine
import Glibc
import LinuxSystem
import OCI

/// Unpacks archives that builds are given: tar, plain or as gzip, bzip2, xz or zstd, told by their content.
public struct ArchiveUnpacker: Sendable {
    /// What an archive may cost.
    public var limits: ArchiveLimits

    /// Makes an unpacker.
    public init(limits: ArchiveLimits = ArchiveLimits()) { self.limits = limits }

    /// Whether a file is such an archive, with at least one entry. Reads its beginning; the position is left at the
    /// start.
    public func isArchive(_ file: Int32) -> Bool {
        defer { _ = lseek(file, 0, SEEK_SET) }
        guard lseek(file, 0, SEEK_SET) == 0 else { return false }
        return (try? withPortableNames { () throws(EngineError) in try reader(file).next() != nil }) ?? false
    }

    /// Unpacks the archive on `source`, from its position on, into the open directory `destination`, which is the root
    /// for every path and link of it. Entries replace what is there, but a directory keeps its content. Neither is
    /// closed.
    ///
    /// - Parameter owner: whom everything belongs to; `nil`: whoever the archive says.
    public func unpack(
        _ source: Int32, into destination: Int32, owner: (uid: UInt32, gid: UInt32)? = nil
    ) throws(EngineError) {
        let writer = TreeWriter(
            root: destination, purpose: .unpack, keepOwners: true, limits: limits,
            owner: owner.map { (uid_t($0.uid), gid_t($0.gid)) })
        try withPortableNames { () throws(EngineError) in try writer.apply(reader(source)) }
    }

    private func reader(_ source: Int32) throws(EngineError) -> TarReader {
        let subject = "the archive"
        let stream = try DecompressedSource(DescriptorSource(source, subject: subject), subject: subject)
        let isPlain = stream.compression == .none
        return try TarReader(
            HashingSource(stream, limit: limits.layerBytes, subject: subject, known: Digest(of: [])), subject: subject,
            decompresses: isPlain)
    }
}
