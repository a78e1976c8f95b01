import Synchronization

/// Bytes that have gone by, counted from any thread.
final class ByteCounter: Sendable {
    private let count: Atomic<Int64>

    init(_ start: Int64) { count = Atomic(start) }

    /// Adds some; answers how many there are now.
    func add(_ more: Int) -> Int64 { count.add(Int64(more), ordering: .relaxed).newValue }
}
