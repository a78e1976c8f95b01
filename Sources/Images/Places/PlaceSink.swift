import struct Crypto.SHA256
import Engine
import OCI
import Synchronization

/// The files of a place that images are written to: a directory, or a tar archive.
protocol PlaceSink: Sendable {
    /// Files that may be written at a time.
    var width: Int { get }
    /// Whether a file is there, whole.
    func has(_ name: String) -> Bool
    /// A small file that was there before; `nil` where the place is new.
    func document(_ name: String, limit: Int64) throws(EngineError) -> [UInt8]?
    /// Writes a small file, over one that is there.
    func add(_ name: String, _ document: [UInt8]) throws(EngineError)
    /// Begins a file of exactly that many bytes.
    func begin(_ name: String, size: Int64) throws(EngineError) -> any PlaceFile
    /// Makes all of it seen.
    ///
    /// - Parameter finish: writes what comes last, while nobody else changes the place.
    func commit(_ finish: (any PlaceSink) throws(EngineError) -> Void) throws(EngineError)
    /// Takes back what was written.
    func abandon()
}

/// A file that is being written to a place.
protocol PlaceFile: AnyObject {
    func write(_ bytes: [UInt8]) throws(EngineError)
    /// It is whole.
    func finish() throws(EngineError)
}

extension PlaceSink {
    /// Writes a blob, and holds its bytes to its digest.
    func put(_ blob: Descriptor, as name: String, _ bytes: BlobBytes) async throws {
        let writing = BlobWriting(try begin(name, size: blob.size), size: blob.size)
        try await bytes(0) { try writing.write($0) }
        try writing.finish(blob)
    }
}

/// One blob on its way to a file.
private final class BlobWriting: Sendable {
    private struct State {
        let file: any PlaceFile
        var hash = SHA256()
        var count: Int64 = 0
    }

    private let state: Mutex<State>
    private let size: Int64

    init(_ file: sending any PlaceFile, size: Int64) {
        state = Mutex(State(file: file))
        self.size = size
    }

    func write(_ bytes: [UInt8]) throws(EngineError) {
        try state.withLock { (state) throws(EngineError) in
            guard state.count + Int64(bytes.count) <= size else {
                throw EngineError(.corrupted, "a blob has more bytes than the \(size) that the manifest tells")
            }
            state.hash.update(data: bytes)
            state.count += Int64(bytes.count)
            try state.file.write(bytes)
        }
    }

    func finish(_ blob: Descriptor) throws(EngineError) {
        try state.withLock { (state) throws(EngineError) in
            guard state.count == size, Digest(state.hash.finalize()).description == blob.digest else {
                throw EngineError(.corrupted, "the blob \(printable(blob.digest)) does not match its digest")
            }
            try state.file.finish()
        }
    }
}
