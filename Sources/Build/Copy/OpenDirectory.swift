import CLinux
import Engine
import Glibc
import LinuxSystem

/// An open directory whose names are used one at a time, never through a link.
final class OpenDirectory {
    let descriptor: Int32

    init(owning descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }

    /// What stands under a name, a link itself; `nil` for nothing.
    func status(_ name: [UInt8]) throws(EngineError) -> stat? {
        var facts = stat()
        guard fstatat(descriptor, PathBytes.cString(name), &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failed("look at", name, "fstatat")
        }
        return facts
    }

    /// A directory within; `nil` when it is not there or no directory.
    func directory(_ name: [UInt8]) throws(EngineError) -> OpenDirectory? {
        let fd = openat(descriptor, PathBytes.cString(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard fd >= 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
            throw failed("open", name, "openat")
        }
        return OpenDirectory(owning: fd)
    }

    /// A regular file for reading. Nothing that could be a device by now is opened for real.
    func file(_ name: [UInt8]) throws(EngineError) -> OwnedDescriptor {
        let fd = openat(descriptor, PathBytes.cString(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard fd >= 0 else { throw failed("open", name, "openat") }
        let file = OwnedDescriptor(owning: fd)
        var facts = stat()
        guard fstat(fd, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw EngineError(.conflict, "cannot copy \(PathBytes.text(name)): it changed while it was read")
        }
        return file
    }

    /// Names in order of their bytes.
    func names() throws(EngineError) -> [[UInt8]] {
        let found: [RawName]
        do throws(SystemError) {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw SystemError.last("dup") }
            found = try OwnedDescriptor(owning: copy).rawNames()
        } catch {
            throw EngineError(.system, "cannot read a directory", cause: error)
        }
        return found.map { $0.characters.dropLast().map { UInt8(bitPattern: $0) } }
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    func link(_ name: [UInt8]) throws(EngineError) -> [UInt8] {
        var target = [CChar](repeating: 0, count: 4096)
        let count = readlinkat(descriptor, PathBytes.cString(name), &target, target.count)
        guard count >= 0 else { throw failed("read the link", name, "readlinkat") }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    func failed(_ tried: String, _ name: [UInt8], _ call: String) -> EngineError {
        EngineError(.system, "cannot \(tried) \(PathBytes.text(name))", cause: SystemError.last(call))
    }
}
