import CArchive
import Engine
import Glibc
import LinuxSystem
import OCI

/// What is known of an unpacked layer; it stands beside the layer's directory as `NAME.json`.
struct LayerRecord: Codable, Sendable {
    /// The digest of the uncompressed archive.
    var diffID: String
    /// Bytes of file content.
    var size: Int64
    /// What its archive becomes when it is compressed for a registry.
    var gzip: Descriptor?
}

/// Layers, unpacked once each.
///
/// A layer is whole when its directory stands below `layers/`: it is unpacked elsewhere, its record is written, and
/// the rename comes last.
extension ImageStore {
    /// The directory of an unpacked layer and its record; `nil` when it is not unpacked.
    func findLayer(_ diffID: Digest) throws(EngineError) -> (name: String, record: LayerRecord)? {
        for name in layerNames(diffID) {
            guard let record = try layerRecord(name) else { return nil }
            guard record.diffID == diffID.description else { continue }
            return Files.exists("\(layersDirectory)/\(name)") ? (name, record) : nil
        }
        return nil
    }

    /// Twelve digits keep mount options short; more only when two layers begin alike.
    func layerNames(_ diffID: Digest) -> [String] { [12, 20, 64].map { String(diffID.hex.prefix($0)) } }

    func layerRecord(_ name: String) throws(EngineError) -> LayerRecord? {
        let path = "\(layersDirectory)/\(name).json"
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.read(path, limit: 1 << 16)
        } catch {
            if error.number == ENOENT { return nil }
            throw EngineError(.system, "cannot read the layer \(name)", cause: error)
        }
        return try JSON.decode(LayerRecord.self, bytes, document: path)
    }

    /// The layer's directory name, unpacking `blob` when no process has done so yet.
    ///
    /// - Parameter blobDigest: what `blob` is known to hash to: without compression nothing is hashed twice.
    func ensureLayer(
        _ diffID: Digest, blob: String, blobDigest: Digest, in staging: borrowing StagingArea
    ) throws(EngineError) -> String {
        if let found = try findLayer(diffID) { return found.name }
        let lockPath = "\(stagingDirectory)/\(diffID.hex).lock"
        let lock = try inWords("cannot lock the layer \(diffID)") { () throws(SystemError) in try FileLock(lockPath) }
        defer { withExtendedLifetime(lock) {} }
        // Another process may have unpacked it while this one waited.
        if let found = try findLayer(diffID) { return found.name }
        let directory = staging.newPath()
        let size = try unpack(diffID, blob: blob, blobDigest: blobDigest, into: directory)
        return try putLayer(diffID, unpackedIn: directory, size: size)
    }

    /// Moves an unpacked layer, all on the disk, from the staging area to its place; answers its directory's name.
    ///
    /// The caller holds the content lock, and has seen that the layer is not there.
    /// - Parameter size: bytes of file content.
    func putLayer(_ diffID: Digest, unpackedIn directory: String, size: Int64) throws(EngineError) -> String {
        for name in layerNames(diffID) {
            if let record = try layerRecord(name), record.diffID != diffID.description { continue }
            let record = try JSON.encode(LayerRecord(diffID: diffID.description, size: size))
            let path = "\(layersDirectory)/\(name)"
            try inWords("cannot put the layer \(diffID) in place") { () throws(SystemError) in
                // A directory with a record but from a crash between the two renames of another version is replaced.
                try Files.removeTree(path)
                try Files.writeAtomically(record, to: path + ".json", durable: true)
                try Files.rename(directory, to: path)
            }
            return name
        }
        throw EngineError(.conflict, "cannot name the layer \(diffID): its directory is taken")
    }

    func unpack(
        _ diffID: Digest, blob: String, blobDigest: Digest, into directory: String
    ) throws(EngineError) -> Int64 {
        let subject = "layer \(diffID)"
        let root = try inWords("cannot unpack \(subject)") { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o755)
            return try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
        }
        let decompressed = try DecompressedSource(FileSource(blob, subject: subject), subject: subject)
        let stream = HashingSource(
            decompressed, limit: limits.layerBytes, subject: subject,
            known: decompressed.compression == .none ? blobDigest : nil)
        let writer = TreeWriter(root: root.rawValue, purpose: .layer, keepOwners: true, limits: limits)
        try withPortableNames { () throws(EngineError) in try writer.apply(TarReader(stream, subject: subject)) }
        let digest = try stream.finish()
        guard digest == diffID else {
            throw EngineError(.corrupted, "layer \(diffID) does not match its digest: its content is \(digest)")
        }
        // The rename must not reach the disk before the files do.
        guard syncfs(root.rawValue) == 0 else {
            throw EngineError(.system, "cannot unpack \(subject)", cause: SystemError.last("syncfs"))
        }
        return writer.writtenBytes
    }
}
