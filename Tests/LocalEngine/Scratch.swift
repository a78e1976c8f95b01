import Glibc
import LinuxSystem

/// A directory for one test, gone with the value.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = "/tmp/spyhop-local-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try Files.makeDirectories(path)
    }

    deinit { try? Files.removeTree(path) }

    func write(_ text: String, to name: String) throws {
        let file = try OwnedDescriptor.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC)
        try file.writeAll(Array(text.utf8))
    }

    func append(_ text: String, to name: String) throws {
        let file = try OwnedDescriptor.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_APPEND)
        try file.writeAll(Array(text.utf8))
    }
}
