import CLinux
import Engine
import Glibc
import LinuxSystem

/// Where files are copied to: a root that nobody else writes to.
final class CopyTarget {
    let root: RootDirectory
    let owner: FileOwner?
    private let mode: FileMode?
    /// Where a file with several names was put first.
    private var links: [FileMemory.Key: [[UInt8]]] = [:]
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)

    /// Below this, reading and writing beats asking the kernel to copy.
    private static let smallFile: Int64 = 64 << 10

    init(_ root: RootDirectory, owner: FileOwner?, mode: FileMode?) {
        self.root = root
        self.owner = owner
        self.mode = mode
    }

    deinit { buffer.deallocate() }

    /// Another source begins: names of one file are one file again only within a source, as for docker.
    func beginSource() { links = [:] }

    // MARK: - Directories

    /// The directory under names that hold no link; what is missing is made, 0755 and the copy's owner's.
    func makeDirectories(_ names: [[UInt8]]) throws(EngineError) -> OpenDirectory {
        if let found = try root.directory(names) { return found }
        guard var current = try root.directory([]) else { throw refused(names, "is not there") }
        for (depth, name) in names.enumerated() {
            if try current.status(name) == nil {
                try make(name, in: current)
            }
            guard let next = try current.directory(name) else {
                throw refused(Array(names[...depth]), "is not a directory")
            }
            current = next
        }
        return current
    }

    private func make(_ name: [UInt8], in parent: OpenDirectory) throws(EngineError) {
        guard mkdirat(parent.descriptor, PathBytes.cString(name), 0o755) == 0 else {
            throw parent.failed("make", name, "mkdirat")
        }
        guard let made = try parent.directory(name), fchmod(made.descriptor, 0o755) == 0,
            fchown(made.descriptor, owner?.uid ?? 0, owner?.gid ?? 0) == 0
        else { throw parent.failed("make", name, "fchown") }
    }

    /// Makes `name` a directory, or takes the one that is there.
    func enter(_ name: [UInt8], in parent: OpenDirectory, at place: [[UInt8]]) throws(EngineError) -> OpenDirectory {
        if let there = try parent.status(name), there.st_mode & S_IFMT != S_IFDIR {
            throw refused(place, "is not a directory, and a directory is copied onto it")
        }
        if mkdirat(parent.descriptor, PathBytes.cString(name), 0o700) != 0, errno != EEXIST {
            throw parent.failed("make", name, "mkdirat")
        }
        guard let made = try parent.directory(name) else { throw parent.failed("open", name, "openat") }
        return made
    }

    /// A directory gets what its source has, when all in it is done.
    func finish(_ target: OpenDirectory, like source: OpenDirectory, _ facts: stat, keepsOwner: Bool)
        throws(EngineError)
    {
        try describe(target.descriptor, from: source.descriptor, facts, keepsOwner: keepsOwner, PathBytes.dot)
    }

    // MARK: - Everything else

    /// Copies what stands under `name` in an open directory of the source.
    func copy(
        _ name: [UInt8], in source: OpenDirectory, _ facts: stat, keepsOwner: Bool, to target: OpenDirectory,
        as newName: [UInt8], at place: [[UInt8]]
    ) throws(EngineError) {
        try clear(newName, in: target, at: place)
        if facts.st_nlink > 1 {
            let key = FileMemory.Key(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
            if let first = links[key] { return try link(newName, in: target, to: first) }
            links[key] = place
        }
        let cName = PathBytes.cString(newName)
        switch facts.st_mode & S_IFMT {
        case S_IFREG:
            let from = try source.file(name)
            let to = try create(newName, in: target)
            try copyContent(from.rawValue, to.rawValue, size: Int64(facts.st_size), newName)
            try describe(to.rawValue, from: from.rawValue, facts, keepsOwner: keepsOwner, newName)
        case S_IFLNK:
            let text = PathBytes.cString(try source.link(name))
            guard symlinkat(text, target.descriptor, cName) == 0 else {
                throw target.failed("make", newName, "symlinkat")
            }
            try describe(newName, in: target, from: name, in: source, facts, keepsOwner: keepsOwner)
        case S_IFSOCK: return
        default:
            guard facts.st_mode & S_IFMT != S_IFCHR || facts.st_rdev != 0 else {
                throw refused(place, "is overlayfs's mark for a removed file and cannot be copied")
            }
            guard mknodat(target.descriptor, cName, facts.st_mode & S_IFMT | 0o600, facts.st_rdev) == 0 else {
                // In a user namespace nobody may make devices, and none would work.
                if errno == EPERM, !UserNamespace.isInitial { return }
                throw target.failed("make", newName, "mknodat")
            }
            try describe(newName, in: target, from: name, in: source, facts, keepsOwner: keepsOwner)
        }
    }

    /// A new file of these bytes.
    func write(
        _ bytes: [UInt8], permissions: mode_t, modifiedAt: timespec?, to target: OpenDirectory, as name: [UInt8],
        at place: [[UInt8]]
    ) throws(EngineError) {
        try clear(name, in: target, at: place)
        let file = try create(name, in: target)
        do throws(SystemError) { try file.writeAll(bytes) } catch {
            throw EngineError(.system, "cannot write \(PathBytes.text(name))", cause: error)
        }
        try dress(file.rawValue, permissions: permissions, modifiedAt: modifiedAt, name)
    }

    /// A new file with the content of an open one.
    func write(
        contentOf source: Int32, size: Int64, permissions: mode_t, modifiedAt: timespec?, to target: OpenDirectory,
        as name: [UInt8], at place: [[UInt8]]
    ) throws(EngineError) {
        try clear(name, in: target, at: place)
        let file = try create(name, in: target)
        try copyContent(source, file.rawValue, size: size, name)
        try dress(file.rawValue, permissions: permissions, modifiedAt: modifiedAt, name)
    }

    // MARK: - Parts

    private func create(_ name: [UInt8], in target: OpenDirectory) throws(EngineError) -> OwnedDescriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let fd = openat(target.descriptor, PathBytes.cString(name), flags, 0o600)
        guard fd >= 0 else { throw target.failed("write", name, "openat") }
        return OwnedDescriptor(owning: fd)
    }

    /// Removes what a file replaces; a link is replaced itself.
    private func clear(_ name: [UInt8], in target: OpenDirectory, at place: [[UInt8]]) throws(EngineError) {
        if unlinkat(target.descriptor, PathBytes.cString(name), 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw target.failed("replace", name, "unlinkat") }
        throw refused(place, "is a directory, and a file is copied onto it")
    }

    private func link(_ name: [UInt8], in target: OpenDirectory, to first: [[UInt8]]) throws(EngineError) {
        guard let last = first.last, let parent = try root.directory(first.dropLast()),
            linkat(parent.descriptor, PathBytes.cString(last), target.descriptor, PathBytes.cString(name), 0) == 0
        else { throw target.failed("link", name, "linkat") }
    }

    private func copyContent(_ from: Int32, _ to: Int32, size: Int64, _ name: [UInt8]) throws(EngineError) {
        if size > Self.smallFile {
            guard sph_copy_content(from, to, size) == 0 else {
                throw EngineError(.system, "cannot copy \(PathBytes.text(name))", cause: SystemError.last("copy"))
            }
            return
        }
        var left = size
        while left > 0 {
            let count = read(from, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw EngineError(.system, "cannot read \(PathBytes.text(name))", cause: SystemError.last("read"))
            }
            // A file that shrinks meanwhile is as long as it is.
            if count == 0 { return }
            var done = 0
            while done < count {
                let written = Glibc.write(to, buffer.baseAddress.map { $0 + done }, count - done)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    throw EngineError(.system, "cannot write \(PathBytes.text(name))", cause: SystemError.last("write"))
                }
                done += written
            }
            left -= Int64(count)
        }
    }

    private func newOwner(_ facts: stat, _ keepsOwner: Bool) -> FileOwner {
        owner ?? (keepsOwner ? FileOwner(uid: facts.st_uid, gid: facts.st_gid) : FileOwner(uid: 0, gid: 0))
    }

    /// The order matters: chown(2) takes setuid bits and capabilities away, and all of it changes the times.
    private func describe(
        _ target: Int32, from source: Int32, _ facts: stat, keepsOwner: Bool, _ name: [UInt8]
    ) throws(EngineError) {
        let owner = newOwner(facts, keepsOwner)
        let permissions = mode?.applied(to: facts.st_mode) ?? facts.st_mode & 0o7777
        guard fchown(target, owner.uid, owner.gid) == 0 else { throw refusedOwner(owner, name) }
        guard fchmod(target, permissions) == 0, sph_copy_attributes(source, target) == 0 else {
            throw EngineError(.system, "cannot copy \(PathBytes.text(name))", cause: SystemError.last("setxattr"))
        }
        _ = futimens(target, [facts.st_atim, facts.st_mtim])
    }

    private func describe(
        _ newName: [UInt8], in target: OpenDirectory, from name: [UInt8], in source: OpenDirectory, _ facts: stat,
        keepsOwner: Bool
    ) throws(EngineError) {
        let owner = newOwner(facts, keepsOwner)
        let cName = PathBytes.cString(newName)
        guard fchownat(target.descriptor, cName, owner.uid, owner.gid, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw refusedOwner(owner, newName)
        }
        if facts.st_mode & S_IFMT != S_IFLNK {
            let permissions = mode?.applied(to: facts.st_mode) ?? facts.st_mode & 0o7777
            guard fchmodat(target.descriptor, cName, permissions, 0) == 0 else {
                throw target.failed("change the mode of", newName, "fchmodat")
            }
        }
        if name == newName { _ = sph_copy_attributes_at(source.descriptor, target.descriptor, cName) }
        _ = utimensat(target.descriptor, cName, [facts.st_atim, facts.st_mtim], AT_SYMLINK_NOFOLLOW)
    }

    private func dress(_ file: Int32, permissions: mode_t, modifiedAt: timespec?, _ name: [UInt8]) throws(EngineError) {
        let owner = owner ?? FileOwner(uid: 0, gid: 0)
        guard fchown(file, owner.uid, owner.gid) == 0 else { throw refusedOwner(owner, name) }
        guard fchmod(file, mode?.applied(to: S_IFREG | permissions) ?? permissions) == 0 else {
            throw EngineError(.system, "cannot write \(PathBytes.text(name))", cause: SystemError.last("fchmod"))
        }
        if let modifiedAt { _ = futimens(file, [modifiedAt, modifiedAt]) }
    }

    private func refusedOwner(_ owner: FileOwner, _ name: [UInt8]) -> EngineError {
        let cause = SystemError.last("chown")
        return EngineError(
            .system, "cannot give \(PathBytes.text(name)) to \(owner.uid):\(owner.gid)",
            hint: cause.number == EINVAL && !UserNamespace.isInitial
                ? "it is not among this user's ids; /etc/subuid and /etc/subgid give more: spyhop doctor tells how"
                : nil,
            cause: cause)
    }

    private func refused(_ place: [[UInt8]], _ reason: String) -> EngineError {
        EngineError(.invalidArgument, "cannot copy: /\(PathBytes.text(PathBytes.joined(place))) \(reason)")
    }
}
