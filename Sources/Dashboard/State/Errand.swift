import Engine

/// Something that a pane wants done outside of the state: a value, compared and carried out elsewhere.
protocol Errand: Sendable, Hashable {
    /// Of one slot at most one is under way: a new one ends the one before. `nil`: beside all others.
    var slot: String? { get }
    /// The same without what goes on for ever, for a picture that nobody stays at.
    var once: any Errand { get }
    /// What it changes outside of the dashboard; `nil` for one that only looks. It is noted in the list of what was done,
    /// with its failure where an answer is a `DeedAnswer`, and refused where nothing may be changed.
    var deed: Deed? { get }
    /// Begins it on the thread that asks, in the order in which things were asked for, and at once; true when nothing is left
    /// to be done after that.
    func begin(_ services: ErrandServices) -> Bool
    /// Does it; whatever is answered comes to the pane's `receive`, as long as the errand has not been ended.
    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async
}

extension Errand {
    var slot: String? { nil }
    var once: any Errand { self }
    var deed: Deed? { nil }
    func begin(_ services: ErrandServices) -> Bool { false }
}

/// Whom an errand can ask.
struct ErrandServices: Sendable {
    let engine: any ContainerEngine
    let statistics: any StatisticsSource
    /// What only the executable can do.
    var host = HostServices()
    /// The terminals that are open.
    var shells = ShellPorts()

    /// Whatever was thrown, as an error of the engine's.
    func result<Value: Sendable>(_ body: () async throws -> Value) async -> Result<Value, EngineError> {
        do { return .success(try await body()) } catch { return .failure(EffectAnswers.engineError(error)) }
    }
}

/// An errand and whose it is.
struct PaneErrand: Sendable, Hashable {
    let pane: Pane
    let errand: any Errand

    static func == (left: PaneErrand, right: PaneErrand) -> Bool {
        left.pane == right.pane && AnyHashable(left.errand) == AnyHashable(right.errand)
    }

    func hash(into hasher: inout Hasher) {
        pane.hash(into: &hasher)
        AnyHashable(errand).hash(into: &hasher)
    }
}

extension Effect {
    /// An errand of a pane's.
    static func errand(_ pane: Pane, _ errand: some Errand) -> Effect {
        .errand(PaneErrand(pane: pane, errand: errand))
    }
}
