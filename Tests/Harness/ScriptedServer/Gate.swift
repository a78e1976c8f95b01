import Foundation
import Glibc

/// Holds up whoever comes until it is opened, for good.
package final class Gate: @unchecked Sendable {
    // The condition guards the rest.
    private let condition = NSCondition()
    private var isOpen = false
    private var arrived = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init() {}

    /// Whether somebody has come to it.
    package var isReached: Bool {
        condition.lock()
        defer { condition.unlock() }
        return arrived > 0
    }

    /// Suspends until somebody has come to it.
    package func reached() async {
        await withCheckedContinuation { continuation in
            condition.lock()
            let isReached = arrived > 0
            if !isReached { waiting.append(continuation) }
            condition.unlock()
            if isReached { continuation.resume() }
        }
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
        for continuation in waiting { continuation.resume() }
        waiting = []
        while !isOpen { condition.wait() }
        condition.unlock()
    }
}
