import CLinux
import Engine
import Glibc
import LinuxSystem

/// A directory that is the root of everything in it: absolute paths, `..` and symbolic links stay within, however they
/// are spelled. Names are bytes.
final class RootDirectory {
    /// The open directory.
    let descriptor: Int32

    /// Every symbolic link on the way costs one; the kernel's own limit.
    private static let linkLimit = 40

    init(_ directory: consuming OwnedDescriptor) { descriptor = directory.take() }

    deinit { _ = close(descriptor) }

    /// Where a path leads when links are followed: names without links, of which the last ones may not exist.
    struct Place {
        var names: [[UInt8]]
        /// What is there; `nil` when nothing is.
        var facts: stat?

        var isDirectory: Bool { facts.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
    }

    /// Follows a path, as the kernel would with this directory as root; what does not exist is taken as written.
    /// - Throws: `.invalidArgument` for too many links, and where something that is no directory is in the way.
    func resolve(_ path: [UInt8], followsLast: Bool = true) throws(EngineError) -> Place {
        var waiting = PathBytes.names(path)[...]
        var done: [[UInt8]] = []
        var links = 0
        var facts: stat? = try status(of: [])
        while let name = waiting.popFirst() {
            if name == PathBytes.dotDot {
                _ = done.popLast()
                facts = try status(of: done)
                continue
            }
            if let known = facts, known.st_mode & S_IFMT != S_IFDIR { throw notDirectory(done) }
            let here = facts == nil ? nil : try status(of: done + [name])
            if let here, here.st_mode & S_IFMT == S_IFLNK, followsLast || !waiting.isEmpty {
                links += 1
                guard links <= Self.linkLimit else {
                    throw EngineError(.invalidArgument, "too many symbolic links in \(PathBytes.text(path))")
                }
                let target = try link(at: done + [name])
                if target.first == PathBytes.slash { done = [] }
                waiting = (PathBytes.names(target) + waiting)[...]
                facts = try status(of: done)
                continue
            }
            done.append(name)
            facts = here
        }
        return Place(names: done, facts: facts)
    }

    private func notDirectory(_ names: [[UInt8]]) -> EngineError {
        EngineError(.invalidArgument, "/\(PathBytes.text(PathBytes.joined(names))) is not a directory")
    }

    // MARK: - Names without links

    /// What stands under names; `nil` for nothing.
    func status(of names: [[UInt8]]) throws(EngineError) -> stat? {
        guard let last = names.last else {
            var facts = stat()
            guard fstat(descriptor, &facts) == 0 else { throw failed("read", names, SystemError.last("fstat")) }
            return facts
        }
        guard let parent = try directory(names.dropLast()) else { return nil }
        return try parent.status(last)
    }

    /// Opens a directory by names that hold no link; `nil` when it is not there or no directory.
    func directory(_ names: some Collection<[UInt8]>) throws(EngineError) -> OpenDirectory? {
        let path = names.isEmpty ? PathBytes.dot : PathBytes.joined(names)
        let flags = UInt64(UInt32(bitPattern: O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        let resolve = OwnedDescriptor.Resolve([.beneath, .noSymlinks]).rawValue
        let fd = sph_openat2(descriptor, PathBytes.cString(path), flags, 0, resolve)
        if fd < 0, errno == ENAMETOOLONG { return try walk(names) }
        guard fd >= 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
            throw failed("open", Array(names), SystemError.last("openat2"))
        }
        return OpenDirectory(owning: fd)
    }

    /// A path that is too long for one call.
    private func walk(_ names: some Collection<[UInt8]>) throws(EngineError) -> OpenDirectory? {
        var current = try directory([])
        for name in names {
            guard let next = try current?.directory(name) else { return nil }
            current = next
        }
        return current
    }

    func link(at names: [[UInt8]]) throws(EngineError) -> [UInt8] {
        guard let last = names.last, let parent = try directory(names.dropLast()) else { return [] }
        return try parent.link(last)
    }

    private func failed(_ tried: String, _ names: [[UInt8]], _ cause: SystemError) -> EngineError {
        EngineError(.system, "cannot \(tried) /\(PathBytes.text(PathBytes.joined(names)))", cause: cause)
    }
}
