import CLinux
import Glibc

/// How much a directory tree holds: bytes of content, as `ls -l` shows them, a file with several names counted once.
/// Directories themselves count nothing, as docker counts.
public struct TreeSize {
    private struct FileKey: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    private var linked: Set<FileKey> = []
    private var total: Int64 = 0

    /// The bytes below the directory `path`, on its file system. What vanishes meanwhile, or may not be read, counts nothing.
    /// - Parameter isCancelled: is asked in every directory.
    /// - Throws: `CancellationError`.
    public static func bytes(below path: String, unless isCancelled: () -> Bool = { false }) throws -> Int64 {
        guard let top = try? OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY), let device = try? top.status().device
        else { return 0 }
        var size = TreeSize()
        try size.add(top, device: dev_t(device), isCancelled)
        return size.total
    }

    private mutating func add(
        _ directory: borrowing OwnedDescriptor, device: dev_t, _ isCancelled: () -> Bool
    ) throws {
        guard !isCancelled() else { throw CancellationError() }
        let fd = directory.rawValue
        for name in (try? directory.rawNames()) ?? [] {
            if name.isDirectory == true {
                try enter(name, fd, device, isCancelled)
                continue
            }
            var facts = stat()
            guard fstatat(fd, name.characters, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if facts.st_mode & S_IFMT == S_IFDIR {
                try enter(name, fd, device, isCancelled)
            } else if facts.st_nlink < 2
                || linked.insert(FileKey(device: facts.st_dev, inode: facts.st_ino)).inserted
            {
                total += Int64(facts.st_size)
            }
        }
    }

    private mutating func enter(
        _ name: RawName, _ parent: Int32, _ device: dev_t, _ isCancelled: () -> Bool
    ) throws {
        let fd = openat(parent, name.characters, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard fd >= 0 else { return }
        let child = OwnedDescriptor(owning: fd)
        var facts = stat()
        // What is mounted there belongs to somebody else.
        guard fstat(fd, &facts) == 0, facts.st_dev == device else { return }
        try add(child, device: device, isCancelled)
    }
}
