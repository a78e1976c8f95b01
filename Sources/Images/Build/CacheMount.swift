import LinuxSystem

/// A directory that RUN's cache mounts keep between builds, held for one command.
public final class CacheMount: Sendable {
    /// Who may use it at the same time (`sharing=`).
    public enum Sharing: String, Sendable, Hashable {
        /// Everybody.
        case shared
        /// One writer a directory: others get a directory of their own.
        case `private`
        /// One writer: others wait.
        case locked
    }

    /// The directory, absolute.
    public let path: String
    private let lock: HeldLock

    init(path: String, lock: HeldLock) {
        self.path = path
        self.lock = lock
    }
}

/// What is known of a cache mount's directory; it stands beside it.
struct CacheMountRecord: Codable {
    /// As the Dockerfile names it.
    var id: String
    /// The instruction.
    var description: String
}
