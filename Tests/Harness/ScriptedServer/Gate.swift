import Foundation

/// Holds up whoever comes until it is opened, for good.
package final class Gate: @unchecked Sendable {
    // The condition guards both.
    private let condition = NSCondition()
    private var isOpen = false
    private var arrived = 0

    package init() {}

    /// Whether somebody has come to it.
    package var isReached: Bool {
        condition.lock()
        defer { condition.unlock() }
        return arrived > 0
    }

    /// Lets everybody through, now and later.
    package func open() {
        condition.lock()
        isOpen = true
        condition.broadcast()
        condition.unlock()
    }

    /// Blocks the thread until the gate is open.
    package func wait() {
        condition.lock()
        arrived += 1
        while !isOpen { condition.wait() }
        condition.unlock()
    }
}
