import Glibc
import Synchronization

/// How many descriptors this process may have open: RLIMIT_NOFILE (getrlimit(2)).
public enum DescriptorLimit {
    /// A soft and a hard limit.
    public struct Pair: Sendable, Hashable {
        /// The limit in force.
        public var soft: UInt64
        /// What it may be raised to without a privilege.
        public var hard: UInt64
    }

    private static let before = Mutex<Pair?>(nil)

    /// The limits before `raise` changed them, `nil` when it did not: what a program that is started for somebody else
    /// should have, so that it does not depend on who started it.
    public static var original: Pair? { before.withLock { $0 } }

    /// Raises the soft limit to the hard one. Where that is refused the old limit stays, and who asks `current` gets along
    /// with it.
    public static func raise() {
        guard let now = current, now.soft < now.hard else { return }
        var wanted = rlimit(rlim_cur: rlim_t(now.hard), rlim_max: rlim_t(now.hard))
        guard setrlimit(resource, &wanted) == 0 else { return }
        before.withLock { $0 = $0 ?? now }
    }

    /// Makes the table of descriptors as large as `count` at once, or as the soft limit allows.
    ///
    /// The kernel lets the table grow as it fills, and each time waits for all processors when the process has several
    /// threads (expand_fdtable in fs/file.c): 7 to 20 ms at 256, at 512 and at every doubling after them. Before the first
    /// thread is started nothing waits, so this belongs there.
    public static func makeTable(of count: UInt64) {
        let highest = Int32(clamping: min(count, current?.soft ?? 0)) - 1
        guard highest > 0 else { return }
        let descriptor = fcntl(0, F_DUPFD_CLOEXEC, highest)
        if descriptor >= 0 { close(descriptor) }
    }

    /// The limits in force; `nil` when the kernel does not say.
    public static var current: Pair? {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return nil }
        return Pair(soft: UInt64(limit.rlim_cur), hard: UInt64(limit.rlim_max))
    }

    private static var resource: __rlimit_resource_t { __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)) }
}
