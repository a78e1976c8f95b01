import Synchronization

/// Where an errand's answers are kept until somebody wants them.
final class AnswerBox: Sendable {
    private let answers = Mutex<[any Sendable]>([])

    func add(_ answer: any Sendable) { answers.withLock { $0.append(answer) } }

    var taken: [any Sendable] { answers.withLock { $0 } }
}
