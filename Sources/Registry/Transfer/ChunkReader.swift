import Engine
import Synchronization

/// Reads exactly the bytes of one chunk out of a blob.
final class ChunkReader: Sendable {
    private let end: Int64
    private let read: @Sendable (Int64) async throws -> [UInt8]
    private let position: Mutex<Int64>

    init(from start: Int64, to end: Int64, read: @escaping @Sendable (Int64) async throws -> [UInt8]) {
        self.end = end
        self.read = read
        position = Mutex(start)
    }

    /// The next piece; empty behind the last.
    func next() async throws -> [UInt8] {
        let position = position.withLock { $0 }
        guard position < end else { return [] }
        var piece = try await read(position)
        guard !piece.isEmpty else {
            throw EngineError(.corrupted, "a blob to upload ends after \(position) bytes, before its size")
        }
        if Int64(piece.count) > end - position { piece.removeLast(piece.count - Int(end - position)) }
        let count = Int64(piece.count)
        self.position.withLock { $0 += count }
        return piece
    }
}
