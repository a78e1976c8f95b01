import CLinux
import Glibc

/// An flock(2) on a file, held until the value's life ends. It belongs to the open file: two of them in one process
/// exclude each other too.
public struct FileLock: ~Copyable, Sendable {
    private let file: OwnedDescriptor

    /// Whether others may hold the lock at the same time.
    public enum Mode: Sendable { case shared, exclusive }

    /// Waits for the lock; the file is made when missing. Blocks the thread, so it is for short critical sections.
    public init(_ path: String, _ mode: Mode = .exclusive) throws(SystemError) {
        try self.init(waitingFor: OwnedDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600), mode, path)
    }

    private init(waitingFor file: consuming OwnedDescriptor, _ mode: Mode, _ path: String) throws(SystemError) {
        let raw = file.rawValue
        guard retrying({ flock(raw, mode == .shared ? LOCK_SH : LOCK_EX) }) == 0
        else { throw SystemError.last("flock", path) }
        self.file = file
    }

    /// Waits for the lock as the initializer does, but makes no file: `nil` when there is none.
    public static func ofExisting(_ path: String, _ mode: Mode = .exclusive) throws(SystemError) -> FileLock? {
        let file: OwnedDescriptor
        do throws(SystemError) { file = try .open(path, O_RDWR) } catch {
            if error.number == ENOENT { return nil }
            throw error
        }
        return try FileLock(waitingFor: file, mode, path)
    }

    /// Waits for the lock of a directory, for files in it that are replaced rather than written: nothing is left beside them.
    public static func ofDirectory(_ path: String, _ mode: Mode = .exclusive) throws(SystemError) -> FileLock {
        try FileLock(waitingFor: OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY), mode, path)
    }

    private init(held file: consuming OwnedDescriptor) { self.file = file }

    /// Takes the lock if it is free; `nil` when somebody holds it.
    public static func attempt(_ path: String, _ mode: Mode = .exclusive) throws(SystemError) -> FileLock? {
        let file = try OwnedDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
        if flock(file.rawValue, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 { return FileLock(held: file) }
        if errno == EWOULDBLOCK { return nil }
        throw SystemError.last("flock", path)
    }
}

/// POSIX record locks on whole files (fcntl(2) `F_SETLK`): they belong to a process and vanish with it, and anyone
/// can ask who holds one.
public enum RecordLock {
    /// Takes the write lock on the file, which is made when missing; `nil` when another process holds it. It is held as
    /// long as this process has the file open: closing *any* descriptor of the file gives it up.
    public static func attempt(_ path: String) throws(SystemError) -> OwnedDescriptor? {
        let file = try OwnedDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
        if sph_record_lock(file.rawValue) == 0 { return file }
        if errno == EAGAIN || errno == EACCES { return nil }
        throw SystemError.last("fcntl", path)
    }

    /// The process that holds the write lock (`F_GETLK`); `nil` when nobody does or there is no such file.
    public static func holder(of path: String) throws(SystemError) -> pid_t? {
        let fd = retrying { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
        guard fd >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemError.last("open", path)
        }
        let file = OwnedDescriptor(owning: fd)
        let holder = sph_record_lock_holder(file.rawValue)
        guard holder >= 0 else { throw SystemError.last("fcntl", path) }
        return holder == 0 ? nil : holder
    }
}
