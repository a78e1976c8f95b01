import Dispatch
import Engine
import Glibc

/// Descriptors of the caller's, read and written without holding up the tasks' own threads.
enum Descriptors {
    private static let pieceSize = 256 << 10

    /// The next bytes; `nil` at the end.
    static func read(_ descriptor: Int32) async throws -> [UInt8]? {
        try await blocking {
            let bytes = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
                var got: Int
                repeat { got = Glibc.read(descriptor, buffer.baseAddress, pieceSize) } while got < 0 && errno == EINTR
                count = max(0, got)
            }
            if bytes.isEmpty, errno != 0 {
                throw EngineError(.system, "cannot read: \(String(cString: strerror(errno)))")
            }
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// Writes all of it.
    static func write(_ bytes: [UInt8], to descriptor: Int32) async throws {
        try await blocking {
            var start = 0
            while start < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, bytes.count - start)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    throw EngineError(.system, "cannot write: \(String(cString: strerror(errno)))")
                }
                start += count
            }
        }
    }

    /// A stream's bytes, to the descriptor.
    static func copy(_ stream: DockerStream, to descriptor: Int32) async throws {
        while let bytes = try await stream.next() {
            try Task.checkCancellation()
            try await write(bytes, to: descriptor)
        }
    }

    private static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                errno = 0
                continuation.resume(with: Result(catching: body))
            }
        }
    }
}
