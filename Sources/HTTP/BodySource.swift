import Synchronization

/// Remembers what the caller's own stream threw, which the library beneath may wrap or replace.
final class BodySource: Sendable {
    private let thrown = Mutex<(any Error)?>(nil)

    var failure: (any Error)? { thrown.withLock { $0 } }

    func remember(_ error: any Error) { thrown.withLock { $0 = $0 ?? error } }
}
