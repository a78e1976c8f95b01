import Engine
import Synchronization
import Terminal

/// Draws one frame without a terminal, from real data: loads the lists, waits for the first round of figures
/// and the answers of the panes (for each at most `patience`), reads the log's tail, and draws.
///
/// - Parameters:
///   - size: cells; from 60x15 up it shows the dashboard.
///   - container: a name or identifier to select; `nil` selects the first row.
/// - Throws: `EngineError` when the containers cannot be listed or `container` names none.
public func renderOnce(
    engine: any ContainerEngine, statistics: any StatisticsSource, size: Size, options: DashboardOptions,
    container: String? = nil, patience: Duration = .seconds(2)
) async throws -> Canvas {
    let answers = EffectAnswers(engine: engine, statistics: statistics)
    var state = DashboardState(options: options, host: statistics.hostFacts, engineName: engine.name)
    var effects = state.update(.resized(columns: size.width, rows: size.height))
    async let first = firstFrame(of: statistics, patience: patience)
    effects += state.update(.containers(.success(try await engine.containers())))
    for message in await answers.messages(for: .loadImages) { effects += state.update(message) }
    if let container {
        let id = try await engine.container(container).id
        state.list.select(id)
        effects += state.settle()
    }
    if let frame = await first { effects += state.update(.frame(frame, histories: [:])) }
    // Each answer may ask for more; a handful of rounds is enough for all that a frame shows.
    for _ in 0..<6 where !effects.isEmpty {
        let wanted = effects
        effects = []
        for effect in wanted {
            for message in await messages(for: effect, answers, options.host, patience) {
                effects += state.update(message)
            }
        }
    }
    return Frame.draw(
        state,
        look: Look(
            theme: options.theme, glyphs: options.settings.drawsASCII(orElse: options.glyphs) ? .ascii : .unicode)
    ).canvas
}

private func messages(
    for effect: Effect, _ answers: EffectAnswers, _ host: HostServices, _ patience: Duration
) async -> [Message] {
    if case .pinned(let pane, let effect) = effect {
        return await messages(for: effect, answers, host, patience).map { .pinned(pane, $0) }
    }
    if case .errand(let errand) = effect { return await answersOf(errand, answers, host, patience) }
    return await answers.messages(for: effect)
}

/// What an errand answers before its time is over: one that goes on for ever is ended then.
private func answersOf(
    _ errand: PaneErrand, _ answers: EffectAnswers, _ host: HostServices, _ patience: Duration
) async -> [Message] {
    let collected = Collected()
    let services = ErrandServices(engine: answers.engine, statistics: answers.statistics, host: host)
    await withTaskGroup(of: Void.self) { group in
        group.addTask {
            await errand.errand.once.run(services) { answer in
                collected.messages.withLock { $0.append(.answer(errand.pane, answer)) }
            }
        }
        group.addTask { try? await Task.sleep(for: patience) }
        await group.next()
        group.cancelAll()
    }
    return collected.messages.withLock { $0 }
}

private final class Collected: Sendable {
    let messages = Mutex<[Message]>([])
}

private func firstFrame(of statistics: any StatisticsSource, patience: Duration) async -> StatisticsFrame? {
    await withTaskGroup(of: StatisticsFrame?.self) { group in
        group.addTask {
            for await frame in statistics.frames() { return frame }
            return nil
        }
        group.addTask {
            try? await Task.sleep(for: patience)
            return nil
        }
        let frame = await group.next() ?? nil
        group.cancelAll()
        return frame
    }
}

extension DashboardState {
    /// The state at the start, by what the executable decided.
    init(options: DashboardOptions, host: HostFacts, engineName: String) {
        let settings = options.settings
        self.init(host: host, engineName: engineName, keys: settings.keys, view: settings.view, now: options.now())
        adopt(settings)
        commandFacts = options.host.commandFacts
        configurationPath = options.host.configurationPath
        memory = options.memory
        canShell = options.runShell != nil
        canAttach = options.runAttach != nil
        canRun = options.makeSpec != nil
        canBuild = options.makeBuild != nil
        canEnterStep = options.enterStep != nil
        mayLeaveReadOnly = options.mayLeaveReadOnly
        themes = options.themeNames
        canDump = options.host.save != nil
        paletteHistory = PaletteHistory((memory["palette.history"] ?? "").split(separator: "\n").map(String.init))
        let problems = restoreArrangements(settings.layouts)
        restorePages()
        if let text = options.notice ?? problems.first { tell(.failure, text) }
    }
}
