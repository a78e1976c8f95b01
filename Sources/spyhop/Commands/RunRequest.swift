import Engine

/// A `run` that was understood: create, start, and join the terminal.
struct RunRequest: Sendable, Equatable {
    var spec: ContainerSpec
    var isDetached = false
    var cidfile: String?
    var session = SessionChoice()
    var demand = ImageDemand()

    /// Standard input is passed on, not only kept open.
    private var joinsInput: Bool { spec.openStdin && session.streams.contains(.input) }

    /// Does it; answers the exit code.
    func carryOut(_ context: CommandContext) async throws -> Int32 {
        if !isDetached { try ContainerSession.requireTerminal(tty: spec.tty, input: joinsInput) }
        let engine = try context.engine
        let id = try await CreateCommand.create(cidfile: cidfile, context) { engine in
            var spec = spec
            spec.image = try await ForeignImage.bring(spec.image, engine, isQuiet: demand.isQuiet)
            return try await demand.create(spec, engine)
        }
        guard isDetached else { return try await runJoined(id, engine, context) }
        try await engine.start(id.rawValue)
        try await context.print(id.rawValue + "\n")
        return 0
    }

    private func runJoined(
        _ id: ContainerID, _ engine: any ContainerEngine, _ context: CommandContext
    ) async throws -> Int32 {
        let live: any Session
        do {
            live = try await engine.startAttached(id.rawValue, size: ContainerSession.size(tty: spec.tty))
        } catch {
            if spec.autoRemove { try? await engine.remove(id.rawValue, force: true) }
            throw error
        }
        let joined = ContainerSession(
            context: context, id: id.rawValue, tty: spec.tty, input: joinsInput, choice: session)
        let code = try await joined.pump(live)
        if spec.autoRemove { try await removeWhenOver(id, engine) }
        return code
    }

    /// A container that was only left goes on, and its monitor removes it later.
    private func removeWhenOver(_ id: ContainerID, _ engine: any ContainerEngine) async throws {
        do {
            try await engine.remove(id.rawValue, force: false)
        } catch let error as EngineError where error.code == .conflict {
            // Another engine removes it itself, and may be about it.
            guard try await engine.container(id.rawValue).state.isAlive || engine.name != "spyhop" else { throw error }
        } catch let error as EngineError where error.code == .notFound {
            return
        }
    }
}
