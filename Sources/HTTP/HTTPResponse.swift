import AsyncHTTPClient
import NIOCore

/// The head of an answer, and its body as it comes in. A body that is not read to its end closes the connection.
public struct HTTPResponse: Sendable {
    /// Three digits (RFC 9110, section 15).
    public let status: Int
    /// The header fields.
    public let headers: HTTPHeaders
    /// The bytes; can be gone through once.
    public let body: Body

    /// Pieces of at most 64 KiB or so, each as it arrives; nothing is read ahead of whoever reads but a piece or two.
    ///
    /// Throws `HTTPFailure`; a body that ends before its Content-Length is `.closedEarly`.
    public struct Body: AsyncSequence, Sendable {
        let pieces: HTTPClientResponse.Body
        let server: String

        /// Goes through the pieces.
        public struct AsyncIterator: AsyncIteratorProtocol {
            var pieces: HTTPClientResponse.Body.AsyncIterator
            let server: String

            /// The next piece, never empty; `nil` at the end.
            public mutating func next() async throws -> [UInt8]? {
                do {
                    while let piece = try await pieces.next() {
                        let bytes = piece.getBytes(at: piece.readerIndex, length: piece.readableBytes) ?? []
                        if !bytes.isEmpty { return bytes }
                    }
                    return nil
                } catch {
                    throw HTTPFailure.translated(error, server: server)
                }
            }
        }

        /// Begins to read.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(pieces: pieces.makeAsyncIterator(), server: server)
        }

        /// The whole body.
        /// - Throws: `HTTPFailure.tooLong` as soon as it has more than `limit` bytes.
        public func collect(limit: Int) async throws -> [UInt8] {
            var all: [UInt8] = []
            for try await piece in self {
                guard all.count + piece.count <= limit else { throw HTTPFailure.tooLong(limit: limit) }
                all += piece
            }
            return all
        }
    }

    /// The Content-Length when it is a number; what a HEAD request would get is told for it, too.
    public var contentLength: Int64? {
        guard let text = headers["content-length"], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
