import Engine

/// Whether a list is to be read again. It is read only while it is on the screen.
struct Freshness: Sendable, Hashable {
    private enum Phase: Sendable, Hashable {
        case stale
        case fresh
        case loading
        /// Something happened while it was being read: what comes may be older.
        case changedWhileLoading
    }

    private var phase = Phase.stale
    private var loadedAt: Timestamp?

    /// Seconds after which it is read again unasked, for what no event tells of.
    private static let age: Int64 = 5

    /// Whether to read it now; then it counts as being read. A storm of events reads it once a second.
    mutating func begin(_ now: Timestamp) -> Bool {
        let age = loadedAt.map { Format.age(of: $0, now: now) } ?? .max
        switch phase {
        case .stale where age >= 1, .fresh where age >= Self.age: phase = .loading
        default: return false
        }
        loadedAt = now
        return true
    }

    /// It has been read.
    mutating func end() { phase = phase == .changedWhileLoading ? .stale : .fresh }

    /// Something happened to one of its rows.
    mutating func markStale() {
        phase = phase == .loading || phase == .changedWhileLoading ? .changedWhileLoading : .stale
    }

    /// It was changed from here: nobody wants to wait for the next second.
    mutating func markStaleAtOnce() {
        markStale()
        loadedAt = nil
    }
}
