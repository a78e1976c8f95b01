import Engine
import Synchronization

/// Keeps a failed step in its last state until somebody lets it go, or the build is stopped.
final class StepHold: Sendable {
    private struct Content {
        var step: (any FailedStep)?
        var waiting: CheckedContinuation<Void, Never>?
        var isReleased = false
    }

    private let content = Mutex(Content())

    /// The step that is kept.
    var step: (any FailedStep)? { content.withLock { $0.step } }

    /// Takes a step, whose keeper then waits; answers false for a second one, and when it was let go beforehand.
    func keep(_ step: any FailedStep) -> Bool {
        content.withLock { content in
            guard !content.isReleased, content.step == nil else { return false }
            content.step = step
            return true
        }
    }

    /// Returns when the step is let go.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let isKept = content.withLock { content in
                    guard !content.isReleased, content.waiting == nil else { return false }
                    content.waiting = continuation
                    return true
                }
                if !isKept { continuation.resume() }
            }
        } onCancel: {
            release()
        }
    }

    func release() {
        let waiting = content.withLock { content in
            defer { content = Content(isReleased: true) }
            return content.waiting
        }
        waiting?.resume()
    }
}
