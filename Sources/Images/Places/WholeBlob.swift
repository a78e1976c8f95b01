import Engine
import OCI
import Synchronization

/// A small blob as a whole.
enum WholeBlob {
    /// - Throws: `.corrupted` when the bytes are not those of the digest.
    static func read(_ blob: Descriptor, limit: Int64, _ bytes: BlobBytes) async throws -> [UInt8] {
        guard blob.size <= limit else {
            throw EngineError(.invalidArgument, "the document \(blob.digest) is refused: it has \(blob.size) bytes")
        }
        let collected = Collector()
        try await bytes(0) { piece in try collected.add(piece, limit: blob.size) }
        let whole = collected.bytes.withLock(\.self)
        guard Digest(of: whole).description == blob.digest else {
            throw EngineError(.corrupted, "the document \(printable(blob.digest)) does not match its digest")
        }
        return whole
    }

    private final class Collector: Sendable {
        let bytes = Mutex<[UInt8]>([])

        func add(_ piece: [UInt8], limit: Int64) throws(EngineError) {
            let isWithin = bytes.withLock { bytes in
                bytes += piece
                return Int64(bytes.count) <= limit
            }
            guard isWithin else { throw EngineError(.corrupted, "a document has more bytes than the manifest tells") }
        }
    }
}
