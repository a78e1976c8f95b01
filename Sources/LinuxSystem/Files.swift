import CLinux
import Glibc

/// Whole-file and directory operations by path, for paths that this program chose itself. Paths that a container
/// or a peer chose are opened with `OwnedDescriptor.open(at:resolve:)` instead.
public enum Files {
    /// The file's content; throws `EFBIG` beyond `limit` bytes.
    public static func read(_ path: String, limit: Int = 64 << 20) throws(SystemError) -> [UInt8] {
        let file = try OwnedDescriptor.open(path)
        do throws(SystemError) { return try file.readAll(limit: limit) } catch {
            throw SystemError(error.number, error.call, path)
        }
    }

    /// The file's content as text; bytes that are not UTF-8 are replaced.
    public static func readText(_ path: String, limit: Int = 64 << 20) throws(SystemError) -> String {
        String(decoding: try read(path, limit: limit), as: UTF8.self)
    }

    /// Writes over an existing file such as the kernel's, with one write(2).
    public static func write(_ text: String, to path: String) throws(SystemError) {
        let file = try OwnedDescriptor.open(path, O_WRONLY)
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { buffer in
            retrying { Glibc.write(file.rawValue, buffer.baseAddress, buffer.count) }
        }
        guard count == bytes.count else { throw SystemError(count < 0 ? errno : EIO, "write", path) }
    }

    /// Replaces a file in one step: readers see the old content or the new one, never a part. With `durable`
    /// the content is on the disk before the name changes, and the name before this returns.
    public static func writeAtomically(
        _ bytes: [UInt8], to path: String, mode: mode_t = 0o644, durable: Bool = false
    ) throws(SystemError) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        let file = try OwnedDescriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
        do throws(SystemError) {
            try file.writeAll(bytes)
            if durable { try file.synchronize() }
            try file.close()
            try rename(temporary, to: path)
        } catch {
            _ = Glibc.unlink(temporary)
            throw SystemError(error.number, error.call, path)
        }
        if durable { try OwnedDescriptor.open(directory(of: path), O_RDONLY | O_DIRECTORY).synchronize() }
    }

    /// rename(2).
    public static func rename(_ path: String, to other: String) throws(SystemError) {
        guard Glibc.rename(path, other) == 0 else { throw SystemError.last("rename", path) }
    }

    /// Two paths of one file system change places in one step (renameat2(2), `RENAME_EXCHANGE`).
    public static func exchange(_ path: String, with other: String) throws(SystemError) {
        guard sph_rename_exchange(path, other) == 0 else { throw SystemError.last("renameat2", path) }
    }

    /// lstat(2); `nil` when nothing is there.
    public static func status(_ path: String, followLink: Bool = false) throws(SystemError) -> FileStatus? {
        var facts = stat()
        guard (followLink ? stat(path, &facts) : lstat(path, &facts)) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw SystemError.last("stat", path)
        }
        return FileStatus(facts)
    }

    /// Something is there, be it a dangling link.
    public static func exists(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0
    }

    /// Makes a directory with its parents; an existing one is fine.
    public static func makeDirectories(_ path: String, mode: mode_t = 0o755) throws(SystemError) {
        if mkdir(path, mode) == 0 { return }
        if errno == ENOENT, directory(of: path) != path {
            try makeDirectories(directory(of: path), mode: mode)
            if mkdir(path, mode) == 0 { return }
        }
        guard errno == EEXIST, let facts = try status(path, followLink: true), facts.isDirectory else {
            throw SystemError(errno == 0 ? ENOTDIR : errno, "mkdir", path)
        }
    }

    /// unlink(2); a missing file is fine.
    public static func remove(_ path: String) throws(SystemError) {
        guard Glibc.unlink(path) == 0 || errno == ENOENT else { throw SystemError.last("unlink", path) }
    }

    /// rmdir(2); a missing directory is fine.
    public static func removeDirectory(_ path: String) throws(SystemError) {
        guard Glibc.rmdir(path) == 0 || errno == ENOENT else { throw SystemError.last("rmdir", path) }
    }

    /// The path up to its last component: `/a/b` → `/a`, `/a` → `/`, `a` → `.`.
    public static func directory(of path: String) -> String {
        let trimmed = path.utf8.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }
}
