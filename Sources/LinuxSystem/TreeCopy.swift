import CLinux
import Glibc

/// Copies a directory's content with owners, modes, extended attributes, times, hard links, symbolic links and special
/// files, by descriptors: no link is followed, nothing outside is touched.
///
/// Sockets are left out, as are overlayfs's marks for removed files; in a user namespace, where nobody may make devices,
/// so are those.
public struct TreeCopy {
    private struct FileKey: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    /// The directory copied to, and under which path in it a file with several names was copied first.
    private let top: Int32
    private var links: [FileKey: [CChar]] = [:]

    /// Copies all that is in `source` into the empty directory `target`, and then the directory's own owner, mode, attributes
    /// and times. Nobody else may write to either meanwhile.
    public static func copy(
        contentsOf source: borrowing OwnedDescriptor, to target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        var copy = TreeCopy(top: target.rawValue)
        try copy.directory(source, target, path: [])
    }

    /// Copies a regular file's content, owner, mode, extended attributes and times to a path where nothing is.
    public static func copy(file path: String, to new: String) throws(SystemError) {
        let source = try OwnedDescriptor.open(path)
        let target = try OwnedDescriptor.open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        guard sph_copy_content(source.rawValue, target.rawValue, try source.status().size) == 0 else {
            throw SystemError.last("copy", path)
        }
        try copyMetadata(of: source, to: target)
    }

    /// Gives the open file or directory `target` the owner, mode, extended attributes and times of `source`.
    public static func copyMetadata(
        of source: borrowing OwnedDescriptor, to target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        var facts = stat()
        guard fstat(source.rawValue, &facts) == 0 else { throw SystemError.last("fstat") }
        try metadata(facts, source.rawValue, target.rawValue)
    }

    private init(top: Int32) { self.top = top }

    private mutating func directory(
        _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor, path: [CChar]
    ) throws(SystemError) {
        for name in try source.rawNames() {
            var facts = stat()
            guard fstatat(source.rawValue, name.characters, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw SystemError.last("stat", name.text)
            }
            try entry(name, facts, source, target, path: path)
        }
        try Self.copyMetadata(of: source, to: target)
    }

    private mutating func entry(
        _ name: RawName, _ facts: stat, _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor,
        path: [CChar]
    ) throws(SystemError) {
        // Relative to the top, for hard links.
        let place = path + (path.isEmpty ? [] : [0x2F]) + name.characters.dropLast()
        let kind = facts.st_mode & S_IFMT
        if kind == S_IFDIR {
            guard mkdirat(target.rawValue, name.characters, 0o700) == 0 else {
                throw SystemError.last("mkdir", name.text)
            }
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
            let from = try Self.open(name, flags, in: source)
            let to = try Self.open(name, flags, in: target)
            return try directory(from, to, path: place)
        }
        if facts.st_nlink > 1 {
            let key = FileKey(device: facts.st_dev, inode: facts.st_ino)
            if let first = links[key] { return try hardLink(first, name, target) }
            links[key] = place
        }
        switch kind {
        case S_IFREG: try file(name, facts, source, target)
        case S_IFLNK: try link(name, facts, source, target)
        case S_IFSOCK: break
        case S_IFCHR where facts.st_rdev == 0: break
        default: try node(name, facts, source, target)
        }
    }

    /// Where somebody may be changing the target meanwhile, as in a directory that containers see, no link of his is followed.
    private func hardLink(
        _ first: [CChar], _ name: RawName, _ target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        let slash = first.lastIndex(of: 0x2F)
        let parent = slash.map { Array(first[..<$0]) + [0] } ?? [0x2E, 0]
        let last = Array(first[(slash.map { $0 + 1 } ?? 0)...]) + [0]
        let flags = OwnedDescriptor.pathOnly | O_DIRECTORY | O_CLOEXEC
        let fd = sph_openat2(top, parent, UInt64(flags), 0, OwnedDescriptor.Resolve([.beneath, .noSymlinks]).rawValue)
        guard fd >= 0 else { throw SystemError.last("openat2", name.text) }
        let directory = OwnedDescriptor(owning: fd)
        guard linkat(directory.rawValue, last, target.rawValue, name.characters, 0) == 0 else {
            throw SystemError.last("link", name.text)
        }
    }

    private func file(
        _ name: RawName, _ facts: stat, _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        let from = try Self.open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: source)
        let to = try Self.open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, in: target)
        guard sph_copy_content(from.rawValue, to.rawValue, Int64(facts.st_size)) == 0 else {
            throw SystemError.last("copy", name.text)
        }
        try Self.metadata(facts, from.rawValue, to.rawValue)
    }

    private func link(
        _ name: RawName, _ facts: stat, _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlinkat(source.rawValue, name.characters, &text, Int(PATH_MAX))
        guard count >= 0 else { throw SystemError.last("readlink", name.text) }
        text[count] = 0
        guard symlinkat(text, target.rawValue, name.characters) == 0 else {
            throw SystemError.last("symlink", name.text)
        }
        try metadata(facts, name, source, target)
    }

    private func node(
        _ name: RawName, _ facts: stat, _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        let kind = facts.st_mode & S_IFMT
        guard mknodat(target.rawValue, name.characters, kind | 0o600, facts.st_rdev) == 0 else {
            if errno == EPERM, kind != S_IFIFO, !UserNamespace.isInitial { return }
            throw SystemError.last("mknod", name.text)
        }
        try metadata(facts, name, source, target)
        // The name is new and nobody else's: it is no link.
        guard fchmodat(target.rawValue, name.characters, facts.st_mode & 0o7777, 0) == 0 else {
            throw SystemError.last("chmod", name.text)
        }
    }

    /// Of a name that is not opened: opening a device does things.
    private func metadata(
        _ facts: stat, _ name: RawName, _ source: borrowing OwnedDescriptor, _ target: borrowing OwnedDescriptor
    ) throws(SystemError) {
        let to = target.rawValue
        guard fchownat(to, name.characters, facts.st_uid, facts.st_gid, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw SystemError.last("chown", name.text)
        }
        guard sph_copy_attributes_at(source.rawValue, to, name.characters) == 0 else {
            throw SystemError.last("setxattr", name.text)
        }
        _ = utimensat(to, name.characters, [facts.st_atim, facts.st_mtim], AT_SYMLINK_NOFOLLOW)
    }

    /// The order matters: chown(2) takes setuid bits and capabilities away, and what is written changes the times.
    private static func metadata(_ facts: stat, _ from: Int32, _ to: Int32) throws(SystemError) {
        guard fchown(to, facts.st_uid, facts.st_gid) == 0 else { throw SystemError.last("chown") }
        guard fchmod(to, facts.st_mode & 0o7777) == 0 else { throw SystemError.last("chmod") }
        guard sph_copy_attributes(from, to) == 0 else { throw SystemError.last("setxattr") }
        _ = futimens(to, [facts.st_atim, facts.st_mtim])
    }

    private static func open(
        _ name: RawName, _ flags: Int32, in directory: borrowing OwnedDescriptor
    ) throws(SystemError) -> OwnedDescriptor {
        let fd = openat(directory.rawValue, name.characters, flags | O_CLOEXEC, 0o600)
        guard fd >= 0 else { throw SystemError.last("open", name.text) }
        return OwnedDescriptor(owning: fd)
    }
}
