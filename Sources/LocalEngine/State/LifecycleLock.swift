import Engine
import Glibc
import LinuxSystem

/// The lock that keeps starting, removing and cleaning up of one container apart, between threads and processes: an
/// flock(2) on the container's directory. It is held for moments only, never while a container runs or is stopped.
///
/// A lock on a directory that was removed meanwhile is worth nothing, so that is looked at after it is gained.
struct LifecycleLock: ~Copyable, Sendable {
    /// The container's open directory.
    let directory: OwnedDescriptor

    private init(_ directory: consuming OwnedDescriptor) { self.directory = directory }

    /// Takes the lock if it is free at once; `nil` when somebody holds it or the directory is gone.
    static func attempt(_ path: String) throws(SystemError) -> LifecycleLock? {
        let directory: OwnedDescriptor
        do throws(SystemError) { directory = try .open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) } catch {
            if error.number == ENOENT { return nil }
            throw error
        }
        guard flock(directory.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK || errno == EINTR { return nil }
            throw SystemError.last("flock", path)
        }
        guard try directory.status().links > 0 else { return nil }
        return LifecycleLock(directory)
    }

    /// Waits for the lock; `nil` when the directory is gone. The wait can be cancelled and holds no thread.
    static func wait(_ path: String) async throws -> LifecycleLock? {
        var pause = Duration.microseconds(200)
        while true {
            if let lock = try attempt(path) { return lock }
            guard Files.exists(path) else { return nil }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// Makes the directory and takes its lock in such a way that a clean-up of half-made containers, which sees a
    /// directory without a record, cannot take it away unnoticed.
    static func make(_ path: String) throws(SystemError) -> LifecycleLock {
        for _ in 0..<1000 {
            if mkdir(path, 0o710) != 0, errno != EEXIST {
                guard errno == ENOENT else { throw SystemError.last("mkdir", path) }
                try Files.makeDirectories(Files.directory(of: path), mode: 0o711)
                continue
            }
            if let lock = try attempt(path) { return lock }
            // Only a clean-up holds the lock of a new container, for microseconds.
            usleep(100)
        }
        throw SystemError(EBUSY, "mkdir", path)
    }
}
