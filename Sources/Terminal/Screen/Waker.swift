import CNcurses
import Synchronization

/// Ends a screen's waiting, from any thread.
public final class Waker: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    /// Makes `Screen.nextEvent` return `.woken`; without effect when the screen is closed.
    public func wake() {
        descriptor.withLock { if $0 >= 0 { sph_wake($0) } }
    }

    /// Gives the descriptor back, so that nobody writes to a number that may mean something else by then.
    func retire() -> Int32 {
        descriptor.withLock { descriptor in
            defer { descriptor = -1 }
            return descriptor
        }
    }
}
