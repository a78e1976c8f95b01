import Engine

/// What is known of a build, made out of its events.
struct BuildBoard: Sendable {
    /// Warnings beyond these are only counted.
    private static let mostWarnings = 200

    /// When it began.
    let began: Timestamp
    /// All steps, in the order in which they are shown.
    private(set) var steps: [StepProgress] = []
    private var places: [Int: Int] = [:]
    private(set) var warnings: [BuildWarning] = []
    private(set) var warningCount = 0
    /// What a person should know, since the last call of `takeNotices`.
    private var notices: [String] = []

    init(began: Timestamp) { self.began = began }

    /// Takes in what happened; answers the lines of output that it ended.
    @discardableResult
    mutating func apply(_ event: BuildEvent, at now: Timestamp) -> [String] {
        switch event {
        case .planned(let steps): for step in steps { _ = note(step) }
        case .step(let step): return note(step)
        case .output(let id, _, let bytes):
            guard let place = places[id] else { return [] }
            let since = steps[place].began ?? now
            return steps[place].output(bytes, at: max(0, now.nanoseconds - since.nanoseconds))
        case .transfer(let id, let event):
            if case .notice(let text) = event { notices.append(text) }
            if let place = places[id] { steps[place].transfer(event) }
        case .warning(let warning):
            warningCount += 1
            if warnings.count < Self.mostWarnings { warnings.append(warning) }
        case .notice(let text): notices.append(text)
        }
        return []
    }

    /// The step with this number.
    func step(_ id: Int) -> StepProgress? { places[id].map { steps[$0] } }

    /// What a person should know, since the last call.
    mutating func takeNotices() -> [String] {
        defer { notices = [] }
        return notices
    }

    /// Steps that came to their end, well or not.
    var finished: Int { steps.count { $0.isVisible && $0.step.state.isOver } }
    /// The step that made the build fail.
    var failed: StepProgress? { steps.first { $0.step.state.isFailed } }

    private mutating func note(_ step: BuildStep) -> [String] {
        if let place = places[step.id] { return steps[place].update(step) }
        places[step.id] = steps.count
        steps.append(StepProgress(step))
        return []
    }
}
