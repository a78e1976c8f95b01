/// An engine tells what happens in it, by whichever process it was done.
public protocol EventStreaming: Sendable {
    /// Events from `since` (`nil`: from now) to `until` (`nil`: without end), oldest first.
    func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader
}

/// Events being read, by pulling.
public protocol EventReader: Sendable {
    /// The next events, at least one; `nil` after the last.
    func next() async throws -> [Event]?
}
