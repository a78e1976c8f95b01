import Engine
import Glibc
import LinuxSystem

/// Standard input, read as it comes without holding a thread of the pool.
enum StandardInput {
    /// The next bytes; `nil` at the end.
    /// - Throws: `CancellationError`, or `EngineError` `.system`.
    static func next() async throws -> [UInt8]? {
        while true {
            try await Readiness.shared.readable(0)
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 32 << 10) { buffer, count in
                let got = read(0, buffer.baseAddress, buffer.count)
                failure = got < 0 ? errno : 0
                count = max(0, got)
            }
            switch failure {
            case 0: return bytes.isEmpty ? nil : bytes
            case EINTR, EAGAIN: continue
            // A terminal that was hung up reads as an error, and means an end.
            case EIO: return nil
            default: throw EngineError(.system, "cannot read standard input: \(SystemError.words(failure))")
            }
        }
    }
}
