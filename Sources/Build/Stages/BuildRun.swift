import Dockerfile
import Engine
import Images
import OCI
import Synchronization

/// One build while it goes on: what its stages share.
final class BuildRun: Sendable {
    let request: BuildRequest
    let store: ImageStore
    let services: any BuildServices
    let executor: any StepExecutor
    /// Keeps collectors away, and holds what is half done.
    let change: StoreChange
    let context: BuildContext
    let dockerfile: Dockerfile
    let graph: BuildGraph
    let plan: StepPlan
    let reporter: StepReporter
    let cache: StepCache
    let gate: ParallelismGate
    /// SOURCE_DATE_EPOCH: seconds since 1970.
    let epoch: Int64?

    let stages = TaskMemo<Int, StageState>()
    let bases = TaskMemo<String, BaseImage>()
    let layers = TaskMemo<Digest, BuiltLayer>()
    let contexts = TaskMemo<String, BuildContext>()
    let downloads = TaskMemo<String, Download>()
    let trees = TaskMemo<String, MountedTree>()
    /// Layers of commands by their keys: two stages that ask for the same wait for one.
    let commands = TaskMemo<Digest, BuiltLayer>()
    /// What base images have turned out to be, by platform and name.
    let facts = Mutex<[String: BaseImageFacts]>([:])
    private let failure = Mutex<StepFailure?>(nil)

    /// What a build begins with.
    struct Parts: Sendable {
        var request: BuildRequest
        var store: ImageStore
        var services: any BuildServices
        var executor: any StepExecutor
        var change: StoreChange
        var context: BuildContext
        var dockerfile: Dockerfile
        var graph: BuildGraph
        var plan: StepPlan
        var reporter: StepReporter
        var remotes: [any RemoteCache]
    }

    init(_ parts: Parts, processors: Int) {
        request = parts.request
        store = parts.store
        services = parts.services
        executor = parts.executor
        change = parts.change
        context = parts.context
        dockerfile = parts.dockerfile
        graph = parts.graph
        plan = parts.plan
        reporter = parts.reporter
        cache = StepCache(store: parts.store, remotes: parts.remotes)
        gate = ParallelismGate(width: parts.request.parallelism ?? processors)
        epoch = parts.request.epoch
    }

    /// Runs all stages that the target needs; answers what the target has come to.
    func target() async throws(StepFailure) -> StageState {
        let result: Result<StageState, any Error> = await withTaskCancellationHandler {
            for planned in graph.stages { begin(planned) }
            let result: Result<StageState, any Error>
            do { result = .success(try await stage(graph.target)) } catch { result = .failure(error) }
            if case .failure = result { cancel() }
            await settle()
            return result
        } onCancel: {
            cancel()
        }
        if let first = failure.withLock({ $0 }) { throw first }
        switch result {
        case .success(let state): return state
        case .failure(let error): throw Self.failure(error)
        }
    }

    /// A stage's result, begun by whoever needs it first.
    func stage(_ index: Int) async throws -> StageState {
        if let planned = graph.stages.first(where: { $0.stage.index == index }) {
            return try await begin(planned).value
        }
        // Only an ONBUILD trigger can name a stage that nothing in the file does.
        let other = try words { () throws(DockerfileError) in
            try BuildGraph(
                dockerfile, target: String(index), arguments: request.arguments, buildPlatform: BuildPlatform.host,
                targetPlatform: BuildPlatform.target(of: request), contexts: Set(request.namedContexts.keys))
        }
        guard let planned = other.stages.first(where: { $0.stage.index == index }) else {
            throw EngineError(.invalidArgument, "there is no stage \(index)")
        }
        return try await begin(planned).value
    }

    @discardableResult
    private func begin(_ planned: PlannedStage) -> Task<StageState, any Error> {
        stages.start(planned.stage.index) { [self] in
            do { return try await StageRunner.run(planned, in: self) } catch {
                note(error)
                throw error
            }
        }
    }

    /// One failure is told; the rest is stopped for it.
    private func note(_ error: any Error) {
        if !(error is CancellationError) {
            failure.withLock { first in if first == nil { first = Self.failure(error) } }
        }
        cancel()
    }

    private func cancel() {
        stages.cancel()
        bases.cancel()
        layers.cancel()
        contexts.cancel()
        downloads.cancel()
        trees.cancel()
        commands.cancel()
    }

    private func settle() async {
        await stages.settle()
        await bases.settle()
        await layers.settle()
        await contexts.settle()
        await downloads.settle()
        await trees.settle()
        await commands.settle()
    }

    static func failure(_ error: any Error) -> StepFailure {
        switch error {
        case let failure as StepFailure: failure
        case let error as EngineError: StepFailure(error: error)
        case let error as DockerfileError: StepFailure(error: error.engineError)
        case is CancellationError: StepFailure(error: EngineError(.cancelled, "the build was stopped"))
        default: StepFailure(error: EngineError(.system, "the build failed", cause: error))
        }
    }

    // MARK: - Words

    /// `Dockerfile:12`, for history.
    func place(_ range: SourceRange) -> String { "\(dockerfile.name):\(range.start.line)" }

    /// An error with the lines of the Dockerfile that it comes from.
    func located(_ error: EngineError, at range: SourceRange) -> EngineError {
        let text = error.message + (error.cause.map { ": \($0)" } ?? "")
        let told = dockerfile.error(text, at: range).engineError
        return EngineError(error.code, told.message, hint: error.hint ?? told.hint)
    }

    private func words<Value>(_ body: () throws(DockerfileError) -> Value) throws(EngineError) -> Value {
        do throws(DockerfileError) { return try body() } catch { throw error.engineError }
    }
}

extension BuildRequest {
    /// SOURCE_DATE_EPOCH, given in either way.
    var epoch: Int64? { sourceDateEpoch ?? arguments["SOURCE_DATE_EPOCH"].flatMap { Int64($0) } }
}
