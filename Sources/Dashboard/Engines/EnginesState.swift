import Engine

/// Which engines there are and how they are doing.
struct EnginesState: PaneState {
    /// In the order in which they are shown; none where the engine is a single one that tells nothing.
    var statuses: [EngineStatus] = []
    /// The only one whose things are shown; `nil` shows all.
    var chosen: String?
    /// The row that is chosen, and the first on the screen.
    var selected = 0
    var scroll = 0

    init() {}

    /// Those that do not answer.
    var away: [EngineStatus] {
        statuses.filter { if case .unreachable = $0.condition { true } else { false } }
    }

    /// What is known of an engine's things may not be true any more.
    func isStale(_ engine: String?) -> Bool {
        guard let engine, let status = statuses.first(where: { $0.name == engine }) else { return false }
        return status.condition != .connected
    }
}

/// Shows one engine's things alone, or all.
struct ChooseEngine: Errand {
    struct Answer: Sendable {
        var chosen: String?
    }

    var name: String?
    var slot: String? { "engines" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        (services.engine as? any EngineOverview)?.chooseEngine(name)
        await answer(Answer(chosen: name))
    }
}

extension DashboardState {
    /// What is known of it may not be true any more: its engine does not answer.
    func isStale(_ container: Container) -> Bool { self[EnginesPane.self].isStale(container.engine) }
}
