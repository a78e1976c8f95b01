import Synchronization

/// Messages from tasks to the thread that draws. Bounded: who posts too fast waits; of statistics only the newest stays.
final class Mailbox: Sendable {
    private struct Content {
        var messages: [Message] = []
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    static let capacity = 64
    private let content = Mutex(Content())
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Puts a message in; waits while the box is full. After `close` messages vanish.
    func post(_ message: Message) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isAccepted = content.withLock { content in
                guard !content.isClosed else { return true }
                Self.put(message, into: &content.messages)
                guard content.messages.count > Self.capacity else { return true }
                content.waiting.append(continuation)
                return false
            }
            if isAccepted { continuation.resume() }
        }
        wake()
    }

    private static func put(_ message: Message, into messages: inout [Message]) {
        guard case .frame(let frame, var histories) = message,
            let index = messages.firstIndex(where: { if case .frame = $0 { true } else { false } }),
            case .frame(_, let older) = messages[index]
        else {
            messages.append(message)
            return
        }
        // Long spans are asked for rarely: their answers outlive the round that brought them.
        histories.merge(older) { newer, _ in newer }
        messages[index] = .frame(frame, histories: histories)
    }

    /// Takes all out.
    func take() -> [Message] {
        let (messages, waiting) = content.withLock { content in
            defer {
                content.messages = []
                content.waiting = []
            }
            return (content.messages, content.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return messages
    }

    func close() {
        content.withLock { $0.isClosed = true }
        _ = take()
    }
}
