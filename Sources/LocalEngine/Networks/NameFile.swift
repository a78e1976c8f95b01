import Glibc
import LinuxSystem

/// One file, replaced within itself.
enum NameFile {
    static func write(_ text: String, to path: String) throws(SystemError) {
        let file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        // Read by every user in the container, whatever the caller's umask.
        guard fchmod(file.rawValue, 0o644) == 0 else { throw SystemError.last("chmod", path) }
        try file.writeAll(Array(text.utf8))
    }
}
