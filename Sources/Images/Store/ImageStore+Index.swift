import Engine
import Glibc
import LinuxSystem
import OCI

/// The layout's `index.json`: one descriptor a name, or one without a name for a dangling image.
extension ImageStore {
    /// The index as it is; empty when the store is new.
    func readIndex() throws(EngineError) -> ImageIndex {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.read(indexPath, limit: 64 << 20)
        } catch {
            if error.number == ENOENT { return ImageIndex(manifests: []) }
            throw EngineError(.system, "cannot read the images in \(root)", cause: error)
        }
        return try JSON.decode(ImageIndex.self, bytes, document: indexPath)
    }

    func writeIndex(_ index: ImageIndex) throws(EngineError) {
        let bytes = try JSON.encode(index)
        try inWords("cannot write \(indexPath)") { () throws(SystemError) in
            do throws(SystemError) {
                try Files.writeAtomically(bytes, to: indexPath, durable: true)
            } catch {
                guard error.number == ENOSPC else { throw error }
                // Removing an image must work on a full disk, and the cache is void with the new index anyway.
                for entry in try Files.list(resolvedDirectory) {
                    try Files.remove("\(resolvedDirectory)/\(entry.name)")
                }
                try Files.writeAtomically(bytes, to: indexPath, durable: true)
            }
        }
    }

    /// Reads, changes and replaces the index while no other process does.
    func changeIndex<Value>(
        _ change: (inout ImageIndex) throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        let lock = try lockIndex()
        defer { withExtendedLifetime(lock) {} }
        var index = try readIndex()
        let before = index
        let value = try change(&index)
        if index != before { try writeIndex(index) }
        return value
    }
}
