import struct Crypto.SHA256
import Engine
import OCI
import Glibc
import LinuxSystem

/// Writes a new file and hashes what it writes.
final class FileSink {
    private let file: OwnedDescriptor
    private let path: String
    private var hash = SHA256()
    private(set) var count: Int64 = 0

    init(_ path: String) throws(EngineError) {
        self.path = path
        file = try inWords("cannot write \(path)") { () throws(SystemError) in
            try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(EngineError) {
        hash.update(bufferPointer: bytes)
        count += Int64(bytes.count)
        try writeAll(bytes, to: file.rawValue, subject: path)
    }

    func finish() -> (digest: Digest, size: Int64) { (Digest(hash.finalize()), count) }
}

/// Writes everything to a descriptor that somebody else owns.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, subject: String) throws(EngineError) {
    var done = 0
    while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
            done += count
            continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN: waitUntilReady(descriptor, Int16(POLLOUT))
        default: throw EngineError(.system, "cannot write \(subject)", cause: SystemError.last("write"))
        }
    }
}
