import Engine
import Synchronization

/// What a transfer without a display has to say all the same, kept until its end.
final class Notices: Sendable {
    private let texts = Mutex<[String]>([])

    /// Keeps a notice; other events are passed over.
    func note(_ event: TransferEvent) {
        guard case .notice(let text) = event else { return }
        texts.withLock { $0.append(text) }
    }

    /// All that were kept.
    func taken() -> [String] { texts.withLock { $0 } }
}
