import struct Crypto.SHA256
import Engine
import OCI

/// Passes bytes on, hashes and counts them, and stops at a limit.
final class HashingSource: ByteSource {
    private let source: any ByteSource
    private let limit: Int64
    private let subject: String
    private var hash: SHA256?
    private(set) var count: Int64 = 0

    /// `known` is what the stream is known to hash to, because the same bytes were hashed before.
    private let known: Digest?

    init(_ source: any ByteSource, limit: Int64, subject: String, known: Digest? = nil) {
        self.known = known
        hash = known == nil ? SHA256() : nil
        self.source = source
        self.limit = limit
        self.subject = subject
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        let bytes = try source.next()
        hash?.update(bufferPointer: bytes)
        count += Int64(bytes.count)
        guard count <= limit else {
            throw EngineError(.invalidArgument, "\(subject) is refused: it holds more than \(limit) bytes")
        }
        return bytes
    }

    /// Reads what is left: a tar reader stops at the end mark, the digest covers the padding behind it too.
    func finish() throws(EngineError) -> Digest {
        while try !next().isEmpty {}
        return known ?? Digest((hash ?? SHA256()).finalize())
    }
}
