import Synchronization

/// Remembers what has been asked for before.
final class FirstTimes: Sendable {
    private let seen = Mutex<Set<String>>([])

    /// Whether nobody has asked for it yet.
    func isFirst(_ what: String) -> Bool { seen.withLock { $0.insert(what).inserted } }
}
