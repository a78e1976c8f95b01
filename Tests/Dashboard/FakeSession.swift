import Engine
import Synchronization

/// A session that a test plays the process of.
final class FakeSession: Session {
    private struct Content {
        var written: [UInt8] = []
        var sizes: [TerminalSize] = []
        var signals: [Int32] = []
        var isDetached = false
    }

    private let content = Mutex(Content())
    private let events: AsyncStream<SessionEvent>
    private let source: AsyncStream<SessionEvent>.Continuation
    private let heard: AsyncStream<Void>
    private let hear: AsyncStream<Void>.Continuation
    /// What a signal does to the process.
    private let diesOf: Set<Int32>

    init(diesOf: Set<Int32> = [1, 9]) {
        self.diesOf = diesOf
        (events, source) = AsyncStream.makeStream()
        (heard, hear) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var written: String { content.withLock { String(decoding: $0.written, as: UTF8.self) } }
    var sizes: [TerminalSize] { content.withLock { $0.sizes } }
    var signals: [Int32] { content.withLock { $0.signals } }
    var isDetached: Bool { content.withLock { $0.isDetached } }

    /// The process writes.
    func say(_ text: String) { source.yield(.output(.stdout, Array(text.utf8))) }

    /// The process ends.
    func exit(_ code: Int32) {
        source.yield(.exited(code: code))
        source.finish()
    }

    /// Waits until what was done to it fulfils a condition.
    func wait(until condition: @Sendable (FakeSession) -> Bool) async {
        if condition(self) { return }
        for await _ in heard where condition(self) { return }
    }

    func next() async throws -> SessionEvent? {
        for await event in events { return event }
        return nil
    }

    func write(_ bytes: [UInt8]) async throws {
        content.withLock { $0.written += bytes }
        hear.yield()
    }

    func closeInput() async throws {}

    func resize(_ size: TerminalSize) async throws {
        content.withLock { $0.sizes.append(size) }
        hear.yield()
    }

    func signal(_ number: Int32) async throws {
        content.withLock { $0.signals.append(number) }
        if diesOf.contains(number) { exit(128 + number) }
        hear.yield()
    }

    func detach() async {
        content.withLock { $0.isDetached = true }
        source.finish()
        hear.yield()
    }
}
