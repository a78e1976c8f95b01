import Engine
import OCI
import Synchronization

/// A blob that comes piece by piece, into a new file.
final class ReceivedBlob: Sendable {
    private let sink: Mutex<FileSink>
    private let size: Int64

    init(_ path: String, size: Int64) throws(EngineError) {
        sink = Mutex(try FileSink(path))
        self.size = size
    }

    /// Answers the bytes that have come.
    func write(_ bytes: [UInt8]) throws -> Int64 {
        try sink.withLock { sink in
            guard sink.count + Int64(bytes.count) <= size else {
                throw EngineError(.corrupted, "more bytes come than the \(size) that were promised")
            }
            try bytes.withUnsafeBytes { try sink.write($0) }
            return sink.count
        }
    }

    func finish() throws(EngineError) -> Digest { sink.withLock { $0.finish().digest } }
}
