import NIOCore

/// The caller's stream in the library's shape.
struct BodyPieces: AsyncSequence, Sendable {
    let next: @Sendable () async throws -> [UInt8]
    let source: BodySource

    struct AsyncIterator: AsyncIteratorProtocol {
        let pieces: BodyPieces

        func next() async throws -> ByteBuffer? {
            do {
                let piece = try await pieces.next()
                return piece.isEmpty ? nil : ByteBuffer(bytes: piece)
            } catch {
                pieces.source.remember(error)
                throw error
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: self) }
}
