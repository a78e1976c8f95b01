import Engine
import Glibc
import LinuxSystem

/// A tar archive's files, found in one pass over its headers and read in place.
final class ArchiveFiles: PlaceFiles {
    let subject: String
    private let file: OwnedDescriptor
    private let members: [String: TarMembers.Member]

    /// Opens a plain archive, or one in a coat of gzip or zstd, which is taken off into a file without a name.
    ///
    /// - Parameter scratch: a directory for that file.
    init(_ path: String, scratch: String, limits: ArchiveLimits) throws(EngineError) {
        subject = printable(path)
        let opened: OwnedDescriptor
        do throws(SystemError) { opened = try .open(path) } catch {
            throw EngineError(
                error.number == ENOENT ? .notFound : .system, "cannot read \(printable(path))", cause: error)
        }
        file = try Self.plain(consume opened, subject, scratch: scratch, limits: limits)
        members = try TarMembers.read(file, subject: subject, limits: limits)
    }

    private static func plain(
        _ opened: consuming OwnedDescriptor, _ subject: String, scratch: String, limits: ArchiveLimits
    ) throws(EngineError) -> OwnedDescriptor {
        let source = try DecompressedSource(DescriptorSource(opened.rawValue, subject: subject), subject: subject)
        if case .none = source.compression, lseek(opened.rawValue, 0, SEEK_SET) == 0 { return opened }
        let copy = try inWords("cannot write to \(scratch)") { () throws(SystemError) in
            try OwnedDescriptor.open(scratch, O_RDWR | OwnedDescriptor.unnamedFile, mode: 0o600)
        }
        var total: Int64 = 0
        while true {
            let bytes = try source.next()
            if bytes.isEmpty { break }
            total += Int64(bytes.count)
            guard total <= limits.archiveBytes else {
                throw EngineError(.invalidArgument, "\(subject) is refused: it is too large")
            }
            try writeAll(bytes, to: copy.rawValue, subject: scratch)
        }
        withExtendedLifetime(opened) {}
        return copy
    }

    func size(of name: String) throws(EngineError) -> Int64? { member(name)?.size }

    func read(_ name: String, at offset: Int64, upTo count: Int) throws(EngineError) -> [UInt8] {
        guard let member = member(name), offset >= 0, offset < member.size else { return [] }
        let wanted = Int(min(Int64(count), member.size - offset))
        return try inWords("cannot read \(subject)") { () throws(SystemError) in
            try file.readPiece(at: member.offset + offset, upTo: wanted)
        }
    }

    /// Follows links by their text alone.
    private func member(_ name: String) -> TarMembers.Content? {
        var current = TarMembers.normal(name)
        for _ in 0..<8 {
            switch members[current] {
            case .file(let content): return content
            case .link(let target): current = target
            case nil: return nil
            }
        }
        return nil
    }
}
