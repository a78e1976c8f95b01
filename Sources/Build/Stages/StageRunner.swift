import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI

/// Carries out a stage, instruction by instruction.
struct StageRunner {
    let run: BuildRun
    let planned: PlannedStage
    let surroundings: InstructionSurroundings
    /// Nothing is taken from the cache.
    let isUncached: Bool
    var state: StageState

    /// An instruction that makes a layer, and how it is shown and noted.
    struct Step {
        var id: Int
        var instruction: Instruction
        /// Where history says it stands.
        var place: String
        /// Where errors point to.
        var range: SourceRange
    }

    static func run(_ planned: PlannedStage, in run: BuildRun) async throws -> StageState {
        try Task.checkCancellation()
        let (state, triggers) = try await base(planned, in: run)
        var runner = StageRunner(run: run, planned: planned, state: state)
        for trigger in triggers { try await runner.carryOut(trigger: trigger) }
        for (number, instruction) in planned.stage.instructions.enumerated() {
            try await runner.carryOut(
                instruction, range: instruction.range,
                step: run.plan.step(stage: planned.stage.index, instruction: number))
        }
        return runner.state
    }

    private init(run: BuildRun, planned: PlannedStage, state: StageState) {
        self.run = run
        self.planned = planned
        self.state = state
        var globals = run.graph.globalArguments
        if globals["SOURCE_DATE_EPOCH"] == nil { globals["SOURCE_DATE_EPOCH"] = run.epoch.map(String.init) }
        surroundings = InstructionSurroundings(
            expansion: WordExpansion(escape: run.dockerfile.directives.escape), buildArguments: run.request.arguments,
            globalArguments: globals, epoch: run.epoch.map { Timestamp(seconds: $0) })
        let name = StepName.stage(planned.stage, of: run.dockerfile.stages.count) ?? ""
        isUncached =
            run.request.noCache
            || run.request.noCacheFilter.contains { $0.lowercased() == name || $0 == String(planned.stage.index) }
    }

    // MARK: - FROM

    private static func base(_ planned: PlannedStage, in run: BuildRun) async throws -> (StageState, [String]) {
        let platform = try Platform(text: planned.platform)
        switch planned.base {
        case .scratch: return (StageState.scratch(platform), [])
        case .stage(let index): return (try await run.stage(index).inherited(), [])
        case .image(let name): return try await image(name, platform, planned, run)
        case .context(let name):
            if let image = run.imageName(ofContext: name) { return try await self.image(image, platform, planned, run) }
            return (try await files(ofContext: name, platform, planned, run), [])
        }
    }

    private static func image(
        _ name: String, _ platform: Platform, _ planned: PlannedStage, _ run: BuildRun
    ) async throws -> (StageState, [String]) {
        let step = fromStep(planned, run, name)
        run.reporter.begin(step)
        do {
            let base = try await run.base(name, platform: platform, step: step)
            let shown = run.reporter.step(step).name
            let prefix = shown.prefix { $0 != "]" }
            run.reporter.done(step, name: shown.hasPrefix("[") ? "\(prefix)] FROM \(base.name)" : nil)
            return StageState.image(base, platform: platform)
        } catch {
            throw run.reported(error, step: step, at: planned.stage.range)
        }
    }

    private static func fromStep(_ planned: PlannedStage, _ run: BuildRun, _ name: String) -> Int {
        run.plan.base(of: planned.stage.index)
            ?? run.reporter.add(
                "FROM \(name)", stage: planned.stage.name, line: planned.stage.range.start.line)
    }

    /// `FROM` a context that is a directory: its files are the file system.
    private static func files(
        ofContext name: String, _ platform: Platform, _ planned: PlannedStage, _ run: BuildRun
    ) async throws -> StageState {
        let step = Step(
            id: fromStep(planned, run, name),
            instruction: Instruction(kind: .shell([]), range: planned.stage.range, original: planned.stage.original),
            place: run.place(planned.stage.range), range: planned.stage.range)
        var runner = StageRunner(run: run, planned: planned, state: .scratch(platform))
        do {
            let origin = try await run.namedContext(name).origin
            let job = CopyJob(
                store: run.store, sources: [.files(origin, pattern: "/", unpack: false)], destination: "/")
            try await runner.addCopy(job, quick: nil, below: [], text: planned.stage.original, step)
        } catch {
            throw run.reported(error, step: step.id, at: planned.stage.range)
        }
        return runner.state
    }

    // MARK: - Instructions

    private mutating func carryOut(trigger: String) async throws {
        let range = planned.stage.range
        let instruction: Instruction
        do {
            instruction = try Dockerfile.parseTrigger(
                trigger, escape: run.dockerfile.directives.escape, image: planned.stage.base)
        } catch {
            throw error.engineError
        }
        var step: Int?
        if StepName.isStep(instruction) {
            let name = StepName.stage(planned.stage, of: run.dockerfile.stages.count)
            let text = "[\(name.map { "\($0) " } ?? "")ONBUILD] \(StepName.text(instruction))"
            step = run.reporter.add(text, stage: name, line: range.start.line)
        }
        try await carryOut(instruction, range: range, step: step)
    }

    private mutating func carryOut(_ instruction: Instruction, range: SourceRange, step id: Int?) async throws {
        try Task.checkCancellation()
        let place = run.place(range)
        let isDone: Bool
        do { isDone = try state.apply(instruction.kind, at: place, surroundings) } catch {
            throw run.dockerfile.error(error.message, at: range).engineError
        }
        if isDone { return }
        let known =
            id ?? run.reporter.add(StepName.text(instruction), stage: planned.stage.name, line: range.start.line)
        let step = Step(id: known, instruction: instruction, place: place, range: range)
        do {
            switch instruction.kind {
            case .run(let instruction): try await carryOut(instruction, step)
            case .copy(let copy): try await carryOut(copy, isAdd: false, step)
            case .add(let copy): try await carryOut(copy, isAdd: true, step)
            case .workdir(let path): try await changeDirectory(path, step)
            default: break
            }
        } catch {
            throw run.reported(error, step: known, at: range)
        }
    }

    /// A word of an instruction, its variables replaced.
    func word(_ text: String) throws(EngineError) -> String {
        do throws(WordError) { return try surroundings.expansion.word(text, state.variable) } catch {
            throw EngineError(.invalidArgument, error.message)
        }
    }

    /// A step's text as it is shown once its variables are known: what stands in brackets stays.
    func shownName(_ step: Step, masking secrets: Set<String> = []) -> String {
        let name = run.reporter.step(step.id).name
        guard let bracket = name.firstIndex(of: "]") else { return name }
        let text = surroundings.expansion.shown(String(name[bracket...])) {
            secrets.contains($0) ? "****" : state.variable($0)
        }
        return name[..<bracket] + text
    }

    // MARK: - Layers

    /// What every step's key begins with.
    func key(_ kind: String, below: [Digest]) -> StepKey {
        var key = StepKey(kind)
        key.add(state.platform.text)
        key.add(run.epoch.map(String.init))
        key.add(below)
        return key
    }

    /// What the cache has; a stage that takes nothing from it has nothing.
    func cached(_ key: Digest) -> StepCache.Found? { isUncached ? nil : run.cache.step(key) }

    /// Puts a layer that was found on top.
    mutating func take(_ found: StepCache.Found, _ text: String, _ step: Step, name: String) {
        run.cache.note(found, stage: planned.stage.index)
        put(found.layer, createdAt: found.createdAt, text, step)
        run.reporter.cached(step.id, name: name)
    }

    /// Keeps a layer that was made, and puts it on top.
    ///
    /// - Parameter keys: under which it is to be found; the first is the exact one.
    mutating func take(made layer: BuiltLayer, _ text: String, _ step: Step, keys: [Digest], name: String) {
        let now = Timestamp(nanoseconds: Clock.realtime())
        let created = surroundings.epoch ?? now
        for (number, key) in keys.enumerated() {
            let record = CachedStep(key: key, layer: layer, instruction: text, createdAt: created)
            run.cache.keep(record)
            if number == 0 {
                let made = StepCache.Found(layer: .here(layer), createdAt: created, record: record)
                run.cache.note(made, stage: planned.stage.index)
            }
        }
        put(.here(layer), createdAt: created, text, step)
        run.reporter.done(step.id, name: name)
    }

    private mutating func put(_ layer: StepLayer, createdAt: Timestamp, _ text: String, _ step: Step) {
        state.add(layer, text, at: step.place, createdAt: surroundings.epoch ?? createdAt)
    }
}

extension BuildRun {
    /// A step's error as it leaves its stage: with the Dockerfile's lines; the step is told to have failed.
    func reported(_ error: any Error, step: Int, at range: SourceRange) -> any Error {
        // Another stage's failure has its step and its lines already, and so has a command's.
        if error is CancellationError || error is StepFailure { return error }
        var failure = Self.failure(error)
        if failure.error.code == .cancelled { return CancellationError() }
        reporter.failed(step, reason: failure.error.message)
        failure.error = located(failure.error, at: range)
        return failure
    }
}
