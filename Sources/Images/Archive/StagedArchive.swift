import CArchive
import Engine
import OCI
import Glibc
import LinuxSystem

/// An image archive on disk: its files under numbers of ours, found by the names of the archive.
struct StagedArchive {
    /// One file of the archive.
    struct File {
        var path: String
        var digest: Digest
        var size: Int64
    }

    private enum Entry {
        case file(File)
        case link(String)
    }

    private var entries: [String: Entry] = [:]

    /// Reads the whole stream; every file is hashed while it is written.
    init(
        _ source: any ByteSource, in staging: borrowing StagingArea, limits: ArchiveLimits
    ) throws(EngineError) {
        let subject = "the image archive"
        let reader = try TarReader(source, subject: subject)
        var count = 0
        var total: Int64 = 0
        while let entry = try reader.next() {
            count += 1
            guard count <= limits.archiveEntries else {
                throw EngineError(
                    .invalidArgument, "\(subject) is refused: it holds more than \(limits.archiveEntries) entries")
            }
            guard let rawName = archive_entry_pathname(entry) else { continue }
            let path = try EntryPath(bytes(rawName))
            let name = String(decoding: path.bytes, as: UTF8.self)
            if let target = archive_entry_hardlink(entry) {
                let place = try EntryPath(bytes(target))
                entries[name] = .link(String(decoding: place.bytes, as: UTF8.self))
                continue
            }
            switch archive_entry_filetype(entry) & S_IFMT {
            case S_IFREG:
                let file = try Self.stage(reader, at: staging.newPath(), budget: limits.archiveBytes - total)
                total += file.size
                entries[name] = .file(file)
            case S_IFLNK:
                guard let target = archive_entry_symlink(entry) else { continue }
                entries[name] = .link(Self.join(name, String(decoding: bytes(target), as: UTF8.self)))
            default: continue
            }
        }
    }

    private static func stage(_ reader: TarReader, at path: String, budget: Int64) throws(EngineError) -> File {
        let sink = try FileSink(path)
        try reader.forEachBlock { (block, offset) throws(EngineError) in
            guard offset == sink.count else {
                throw EngineError(.invalidArgument, "the image archive is refused: it holds sparse files")
            }
            guard sink.count + Int64(block.count) <= budget else {
                throw EngineError(.invalidArgument, "the image archive is refused: it is too large")
            }
            try sink.write(block)
        }
        let (digest, size) = sink.finish()
        return File(path: path, digest: digest, size: size)
    }

    /// Where a symbolic link points, by its text alone: nothing of the archive stands on disk under its own name.
    private static func join(_ name: String, _ target: String) -> String {
        var parts = target.hasPrefix("/") ? [] : name.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    /// The file of a name, through links; `nil` when there is none.
    func file(_ name: String) -> File? {
        var current = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        for _ in 0..<8 {
            switch entries[current] {
            case .file(let file): return file
            case .link(let target): current = target
            case nil: return nil
            }
        }
        return nil
    }

    /// The blob of a digest in an OCI layout.
    func blob(_ digest: Digest) -> File? { file("blobs/sha256/\(digest.hex)") }

    /// A document's bytes.
    func read(_ file: File, _ name: String, limits: ArchiveLimits) throws(EngineError) -> [UInt8] {
        guard file.size <= limits.documentBytes else {
            throw EngineError(
                .invalidArgument, "the image archive is refused: \(name) is larger than \(limits.documentBytes) bytes")
        }
        return try inWords("cannot read \(name) of the image archive") { () throws(SystemError) in
            try Files.read(file.path, limit: Int(clamping: limits.documentBytes))
        }
    }
}
