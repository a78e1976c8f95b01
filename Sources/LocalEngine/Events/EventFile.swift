import Engine
import Glibc
import LinuxSystem

/// The file that every process appends its events to.
struct EventFile: Sendable {
    /// Bytes after which the file is renamed to `path.1`; an older one of that name is forgotten.
    static let maximumSize: Int64 = 8 << 20

    let path: String

    /// Appends an event. One write(2) with `O_APPEND` is never torn by another's.
    func append(_ event: Event) throws {
        let line = EventLine.bytes(event)
        let file = try OwnedDescriptor.open(path, O_WRONLY | O_APPEND | O_CREAT, mode: 0o640)
        let written = try line.withUnsafeBytes { try file.write($0) }
        guard written == line.count else { throw SystemError(ENOSPC, "write", path) }
        if try file.status().size > Self.maximumSize { try rotate() }
    }

    /// One process rotates; who comes second finds a small file.
    private func rotate() throws(SystemError) {
        guard let lock = try FileLock.attempt(path + ".lock") else { return }
        if let size = try Files.status(path)?.size, size > Self.maximumSize {
            try Files.rename(path, to: path + ".1")
        }
        _ = consume lock
    }
}
