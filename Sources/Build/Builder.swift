import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Synchronization

/// Builds images from Dockerfiles.
public struct Builder: Sendable {
    let store: ImageStore
    let services: any BuildServices
    let executor: any StepExecutor

    /// A builder whose images, layers and cache are `store`'s.
    public init(store: ImageStore, services: any BuildServices, executor: any StepExecutor) {
        self.store = store
        self.services = services
        self.executor = executor
    }

    /// Builds what a request asks for. A task that is cancelled stops its build; finished steps stay in the cache.
    ///
    /// - Parameter onFailure: is told of a RUN step that made the build fail, in its last state, before this throws.
    /// - Throws: `EngineError`: a mistake in the Dockerfile with its lines, a step's failure, `.cancelled`.
    public func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        let reporter = StepReporter(progress)
        do {
            let names = try ImageNames(request)
            let change = try store.beginChange()
            defer { change.finish() }
            let prepared = try await prepare(request, change: change, reporter)
            let run = try await begin(prepared, request, change: change, reporter)
            do {
                let state = try await run.target()
                tellWarnings(run)
                return try await BuildExport(run: run, names: names).export(state)
            } catch let failure as StepFailure {
                tellWarnings(run)
                if let failed = failure.failed, let onFailure { await onFailure(failed) }
                throw failure
            }
        } catch {
            reporter.cancelRest()
            let failure = BuildRun.failure(error)
            // A step that had failed before stays the reason, however long somebody has looked at it since.
            guard Task.isCancelled, failure.failed == nil else { throw failure.error }
            throw EngineError(.cancelled, "the build was stopped")
        }
    }

    /// Checks a Dockerfile and builds nothing.
    public func check(_ request: BuildRequest) async throws -> [BuildWarning] {
        let change = try store.beginChange()
        defer { change.finish() }
        do {
            let opened = try await open(request, change: change)
            let dockerfile = try Dockerfile.parse(opened.file.bytes, name: opened.file.name)
            // A graph that cannot be planned is a mistake of its own, which checks need not wait for.
            let graph = try? Self.graph(dockerfile, request)
            return warnings(dockerfile, graph, opened.context, change, everyStage: request.target == nil)
        } catch {
            throw BuildRun.failure(error).error
        }
    }

    /// What can be chosen in a Dockerfile.
    public func outline(_ request: BuildRequest) async throws -> BuildOutline {
        let change = try store.beginChange()
        defer { change.finish() }
        do {
            let opened = try await open(request, change: change)
            let dockerfile = try Dockerfile.parse(opened.file.bytes, name: opened.file.name)
            return dockerfile.outline(try Self.graph(dockerfile, request))
        } catch {
            throw BuildRun.failure(error).error
        }
    }

    // MARK: - Reading

    private struct Opened {
        var context: BuildContext
        var file: (name: String, bytes: [UInt8])
    }

    private struct Prepared {
        var context: BuildContext
        var dockerfile: Dockerfile
        var graph: BuildGraph
        var plan: StepPlan
    }

    private func open(_ request: BuildRequest, change: StoreChange) async throws -> Opened {
        let context = try await BuildContext.open(request, change: change, services: services)
        return Opened(context: context, file: try context.dockerfile(request.file))
    }

    private static func graph(
        _ dockerfile: Dockerfile, _ request: BuildRequest
    ) throws(DockerfileError) -> BuildGraph {
        try BuildGraph(
            dockerfile, target: request.target, arguments: request.arguments, buildPlatform: BuildPlatform.host,
            targetPlatform: BuildPlatform.target(of: request), contexts: Set(request.namedContexts.keys))
    }

    /// What checks find before anything is built; base images count as far as they are here.
    private func warnings(
        _ dockerfile: Dockerfile, _ graph: BuildGraph?, _ context: BuildContext, _ change: StoreChange,
        everyStage: Bool = false
    ) -> [BuildWarning] {
        let ignored = context.hidesSource
        return DockerfileChecks.run(dockerfile, graph: graph, everyStage: everyStage, ignored: ignored) { name, text in
            guard let platform = try? Platform(text: text) else { return nil }
            return (try? change.baseImage(name, platform: platform))?.facts
        }
    }

    /// Tells what checks find once the base images are known, for which nothing has to be looked up twice.
    private func tellWarnings(_ run: BuildRun) {
        let facts = run.facts.withLock { $0 }
        let found = DockerfileChecks.run(run.dockerfile, graph: run.graph, ignored: run.context.hidesSource) {
            facts["\($1) \($0)"]
        }
        for warning in found { run.reporter.tell(.warning(warning)) }
    }

    /// Opens the context, reads the Dockerfile, plans and announces the steps.
    private func prepare(
        _ request: BuildRequest, change: StoreChange, _ reporter: StepReporter
    ) async throws -> Prepared {
        if let text = request.platform { _ = try Platform(text: text) }
        let dockerfile: Dockerfile
        let graph: BuildGraph
        let opened: Opened
        var name = "Dockerfile"
        do {
            opened = try await open(request, change: change)
            name = opened.file.name
            dockerfile = try Dockerfile.parse(opened.file.bytes, name: opened.file.name)
            graph = try Self.graph(dockerfile, request)
        } catch {
            let plan = StepPlan(unreadable: name)
            reporter.plan(plan.steps)
            reporter.failed(plan.definition, reason: BuildRun.failure(error).error.message)
            throw error
        }
        let plan = StepPlan(dockerfile, graph: graph, request: request)
        reporter.plan(plan.steps)
        for step in [plan.definition, plan.ignore] + (plan.context.map { [$0] } ?? []) {
            reporter.begin(step)
            reporter.done(step)
        }
        return Prepared(context: opened.context, dockerfile: dockerfile, graph: graph, plan: plan)
    }

    private func begin(
        _ prepared: Prepared, _ request: BuildRequest, change: StoreChange, _ reporter: StepReporter
    ) async throws -> BuildRun {
        if DockerfileChecks.areErrors(prepared.dockerfile, arguments: request.arguments) {
            let found = warnings(prepared.dockerfile, prepared.graph, prepared.context, change)
            for warning in found { reporter.tell(.warning(warning)) }
            let rules = Set(found.map(\.rule)).sorted().joined(separator: ", ")
            if !rules.isEmpty { throw EngineError(.invalidArgument, "lint violation found for rules: \(rules)") }
        }
        var remotes: [any RemoteCache] = []
        for (location, step) in zip(request.cacheFrom, prepared.plan.cacheImports) {
            reporter.begin(step)
            do {
                remotes.append(try await services.importCache(location, change: change))
                reporter.done(step)
            } catch let error as EngineError where error.code != .cancelled {
                // A cache that is not there yet costs time and nothing else.
                reporter.failed(step, reason: error.message)
                reporter.tell(.notice("the cache \(printable(location.place)) is left out: \(error.message)"))
            }
        }
        tellUnused(request, prepared, reporter)
        return BuildRun(
            BuildRun.Parts(
                request: request, store: store, services: services, executor: executor, change: change,
                context: prepared.context, dockerfile: prepared.dockerfile, graph: prepared.graph, plan: prepared.plan,
                reporter: reporter, remotes: remotes),
            processors: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    }

    /// Build arguments that no ARG takes are a mistake more often than not.
    private func tellUnused(_ request: BuildRequest, _ prepared: Prepared, _ reporter: StepReporter) {
        var known = PredefinedArguments.proxies.union(PredefinedArguments.platforms).union(PredefinedArguments.builder)
        let instructions = prepared.dockerfile.globalArguments + prepared.dockerfile.stages.flatMap(\.instructions)
        for instruction in instructions {
            if case .arg(let declarations) = instruction.kind { known.formUnion(declarations.map(\.name)) }
        }
        let unused = request.arguments.keys.filter { !known.contains($0) && $0 != "SOURCE_DATE_EPOCH" }.sorted()
        guard !unused.isEmpty else { return }
        reporter.tell(
            .notice("one or more build-args were not consumed: \(printable(unused.joined(separator: ", ")))"))
    }
}

extension BuildContext {
    /// Whether its `.dockerignore` hides what COPY or ADD name.
    fileprivate var hidesSource: (String) -> Bool {
        guard case .directory(_, let rules?, _) = origin else { return { _ in false } }
        return { rules.hidesSource($0) }
    }
}
