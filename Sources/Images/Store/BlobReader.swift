import Engine
import Glibc
import LinuxSystem
import OCI

/// A stored blob, open for reading at any place; it stays readable when the blob is removed meanwhile.
public final class BlobReader: Sendable {
    /// Bytes of the blob.
    public let size: Int64
    private let file: OwnedDescriptor
    private let digest: Digest

    init(_ digest: Digest, path: String) throws(EngineError) {
        self.digest = digest
        do throws(SystemError) {
            file = try OwnedDescriptor.open(path)
            size = try file.status().size
        } catch {
            let isMissing = error.number == ENOENT
            throw EngineError(isMissing ? .notFound : .system, "cannot read the blob \(digest)", cause: error)
        }
    }

    /// The bytes from `offset` on, `count` of them or fewer; empty at the end.
    public func read(at offset: Int64, upTo count: Int) throws(EngineError) -> [UInt8] {
        let wanted = Int(min(Int64(max(count, 0)), max(size - offset, 0)))
        guard offset >= 0, wanted > 0 else { return [] }
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            do throws(SystemError) {
                filled = try file.pread(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw EngineError(.system, "cannot read the blob \(digest)", cause: failure) }
        return bytes
    }

    /// Hands over all bytes from `offset` on, in order, a mebibyte at a time.
    /// - Throws: `.corrupted` when the file is shorter than it was; `CancellationError`; what the sink throws.
    public func send(from offset: Int64, into sink: ([UInt8]) async throws -> Void) async throws {
        var position = offset
        while position < size {
            try Task.checkCancellation()
            let piece = try read(at: position, upTo: 1 << 20)
            guard !piece.isEmpty else { throw EngineError(.corrupted, "the blob \(digest) has been cut") }
            try await sink(piece)
            position += Int64(piece.count)
        }
    }
}

extension ImageStore {
    /// Opens a stored blob.
    /// - Throws: `.notFound` when it is not here.
    public func openBlob(_ digest: Digest) throws(EngineError) -> BlobReader {
        try BlobReader(digest, path: blobPath(digest))
    }
}
