import Emulator
import Engine
import Synchronization
import Terminal

/// A terminal that is open, between the session with a container's process and the dashboard: keys go in at once and in
/// their order, pictures come out when there is something new. All of its memory is bounded.
final class ShellPort: Sendable {
    private struct Content {
        var emulator: Emulator?
        /// What the process is still to be sent.
        var outbox: [UInt8] = []
        var size: TerminalSize?
        var isShown = true
        var isClosed = false
    }

    /// What is read at a time: the lock is held no longer than that takes.
    private static let portion = 8192
    /// Typed and pasted bytes that the process has not taken; more is dropped.
    static let outboxLimit = 1 << 20

    private let content: Mutex<Content>
    private let changed: AsyncStream<Void>.Continuation
    private let asked: AsyncStream<Void>.Continuation
    /// Tells that there is a new picture, and that there is something to send.
    let changes: AsyncStream<Void>, work: AsyncStream<Void>

    init(size: TerminalSize) {
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (work, asked) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        content = Mutex(Content(emulator: Emulator(size: Size(width: size.columns, height: size.rows))))
    }

    // MARK: From the dashboard

    /// What a person does there; the answer of `body` is whether the emulator changes by it.
    func enter(_ body: (Emulator) -> Void) {
        content.withLock { content in
            guard let emulator = content.emulator else { return }
            body(emulator)
            Self.collect(&content)
        }
        asked.yield()
    }

    func resize(_ size: TerminalSize) {
        content.withLock { content in
            content.emulator?.resize(Size(width: size.columns, height: size.rows))
            content.size = size
            Self.collect(&content)
        }
        asked.yield()
        changed.yield()
    }

    /// Whether it is on the screen: pictures come as often as frames, or once in a while.
    var isShown: Bool {
        get { content.withLock { $0.isShown } }
        set {
            content.withLock { $0.isShown = newValue }
            if newValue { changed.yield() }
        }
    }

    /// No more of it: whoever waits for pictures or work goes on.
    func finish() {
        content.withLock { $0.isClosed = true }
        changed.finish()
        asked.finish()
    }

    var isClosed: Bool { content.withLock { $0.isClosed } }

    // MARK: From the session

    /// What the process has written. Yields between portions, so that a process that never stops writing keeps neither
    /// keys nor pictures waiting.
    func feed(_ bytes: [UInt8]) async {
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = Array(rest.prefix(Self.portion))
            rest = rest.dropFirst(portion.count)
            let hasAnswers = content.withLock { content in
                content.emulator?.feed(portion)
                return Self.collect(&content)
            }
            if hasAnswers { asked.yield() }
            changed.yield()
            if !rest.isEmpty { await Task.yield() }
        }
    }

    /// The next picture, if there is something new in it.
    func takePicture() -> ScreenPicture? { content.withLock { $0.emulator?.nextPicture() } }

    /// What is to be sent.
    func takeWork() -> (size: TerminalSize?, bytes: [UInt8]) {
        content.withLock { content in
            defer {
                content.size = nil
                content.outbox = []
            }
            return (content.size, content.outbox)
        }
    }

    @discardableResult
    private static func collect(_ content: inout Content) -> Bool {
        guard let answers = content.emulator?.takeAnswers(), !answers.isEmpty,
            content.outbox.count + answers.count <= outboxLimit
        else { return false }
        content.outbox += answers
        return true
    }
}
