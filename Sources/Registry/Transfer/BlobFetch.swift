import Engine
import HTTP
import OCI

/// How far a blob has been fetched.
struct BlobFetch: Sendable {
    let digest: Digest
    let size: Int64
    /// Bytes that the caller has.
    var position: Int64
    let subject: Subject
    /// Ranges are worth asking for.
    var canResume = true

    /// The field `Range` of the next request (RFC 9110, section 14.2); `nil` when all is asked for.
    var range: String? { position > 0 && canResume ? "bytes=\(position)-" : nil }

    /// Checks what an answer with status 200 or 206 promises.
    /// - Throws: `.corrupted` when that is not the blob.
    func accept(_ answer: RegistryAnswer) throws(EngineError) -> Incoming {
        let registry = answer.endpoint.registry
        let length = answer.response.contentLength
        guard answer.status == 206 else {
            if let length, length != size {
                throw EngineError(
                    .corrupted, "\(registry) has \(length) bytes for the \(subject.thing), its manifest says \(size)")
            }
            return Incoming(toSkip: position, left: size - position)
        }
        guard let range = answer.headers["content-range"].flatMap({ ByteRange(contentRange: $0) }),
            range.first == position, range.last < size, range.total.map({ $0 == size }) ?? true
        else {
            let told = shown(answer.headers["content-range"] ?? "none", limit: 80)
            throw EngineError(
                .corrupted,
                "\(registry) answers with another range of the \(subject.thing) than bytes from \(position) on: \(told)"
            )
        }
        return Incoming(toSkip: 0, left: size - position)
    }

    func tooLong(_ registry: String) -> EngineError {
        EngineError(
            .corrupted, "\(registry) sends more than the \(size) bytes that the manifest says for the \(subject.thing)")
    }

    func tooShort(_ registry: String) -> EngineError {
        EngineError(
            .unreachable, "\(registry) ended the \(subject.thing) after \(position) of \(size) bytes")
    }

    /// The bytes of one answer: those to pass over, those to take.
    struct Incoming: Hashable, Sendable {
        fileprivate(set) var toSkip: Int64
        fileprivate(set) var left: Int64

        /// Nothing more is to come.
        var isComplete: Bool { left == 0 }

        /// What of a piece is wanted; `nil` when it goes beyond the blob's end.
        mutating func take(_ piece: [UInt8]) -> [UInt8]? {
            let skipped = min(toSkip, Int64(piece.count))
            toSkip -= skipped
            let wanted = Int64(piece.count) - skipped
            guard wanted <= left else { return nil }
            left -= wanted
            return skipped == 0 ? piece : Array(piece.dropFirst(Int(skipped)))
        }
    }
}
