import HTTP
import Harness
import OCI
import Synchronization

@testable import Registry

/// Counts, from any thread.
final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    /// How often it has been called, this time included.
    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
