import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI
import Synchronization

/// Where a stage stands on or takes files from, found.
enum FoundOrigin: Sendable {
    /// A directory of the host.
    case files(FileOrigin)
    /// A file system of layers, lowest first.
    case layers([StepLayer])
}

extension BuildRun {
    /// An image to build on, asked for once. Its step is told of what is transferred.
    func base(_ name: String, platform: Platform, step: Int) async throws -> BaseImage {
        let base = try await bases.value("\(platform.text) \(name)") { [self] in
            let progress: TransferProgress = { [reporter] event in reporter.tell(.transfer(step: step, event)) }
            if let layout = LayoutContext(name) {
                return try await layout.image(platform: platform, change: change, progress: progress)
            }
            return try await services.baseImage(
                name, platform: platform, pull: request.pull, change: change, progress: progress)
        }
        facts.withLock { $0["\(platform.text) \(name)"] = base.facts }
        return base
    }

    /// What `--from` or `from=` names, as seen from a stage.
    func origin(_ name: String, from stage: Int, platform: Platform) async throws -> FoundOrigin {
        switch graph.origin(of: name, in: stage) {
        case .stage(let index):
            guard index < stage else {
                throw EngineError(
                    .invalidArgument,
                    "cannot copy from stage \"\(name)\", it needs to be defined before the current stage")
            }
            return .layers(try await self.stage(index).layers)
        case .context(let context):
            if let image = imageName(ofContext: context) {
                return .layers(try await copied(image, platform: platform, shownAs: "context \(context)"))
            }
            return .files(try await namedContext(context).origin)
        case .image("scratch"): return .layers([])
        case .image(let image): return .layers(try await copied(image, platform: platform, shownAs: nil))
        }
    }

    private func copied(_ image: String, platform: Platform, shownAs context: String?) async throws -> [StepLayer] {
        let known = plan.image(image)
        let step = known ?? reporter.add(context.map { "[\($0)] \(image)" } ?? "FROM \(StepPlan.full(image))")
        reporter.begin(step)
        do {
            let base = try await base(image, platform: platform, step: step)
            reporter.done(step, name: context == nil ? "FROM \(base.name)" : nil)
            return base.layers.map(StepLayer.here)
        } catch {
            if !(error is CancellationError) { reporter.failed(step, reason: Self.failure(error).error.message) }
            throw error
        }
    }

    /// The image that a named context stands for; `nil` when it is files.
    func imageName(ofContext name: String) -> String? {
        guard let location = request.namedContexts[name] else { return nil }
        let scheme = "docker-image://"
        if location.hasPrefix(scheme) { return String(location.dropFirst(scheme.count)) }
        return location.hasPrefix(LayoutContext.scheme) ? location : nil
    }

    /// A named context that is files, opened once.
    func namedContext(_ name: String) async throws -> BuildContext {
        try await contexts.value(name) { [self] in
            guard let location = request.namedContexts[name] else {
                throw EngineError(.notFound, "there is no context \(name)", hint: "give one with --build-context")
            }
            return try await BuildContext.open(named: name, location, change: change, services: services)
        }
    }

    /// Layers whose files somebody needs, brought here where they are elsewhere.
    func here(_ layers: [StepLayer], step: Int) async throws -> [BuiltLayer] {
        guard layers.contains(where: \.isElsewhere) else {
            return layers.compactMap { if case .here(let layer) = $0 { layer } else { nil } }
        }
        // All at once; each is awaited in order below.
        for layer in layers { beginFetch(layer, step: step) }
        var found: [BuiltLayer] = []
        for layer in layers {
            switch layer {
            case .here(let layer): found.append(layer)
            case .elsewhere: if let task = beginFetch(layer, step: step) { found.append(try await task.value) }
            }
        }
        return found
    }

    @discardableResult
    private func beginFetch(_ layer: StepLayer, step: Int) -> Task<BuiltLayer, any Error>? {
        guard case .elsewhere(let record, let diffID, let remote) = layer else { return nil }
        return layers.start(diffID) { [self] in
            let fetched = try await remote.fetch(record, change: change) { [reporter] event in
                reporter.tell(.transfer(step: step, event))
            }
            var kept = record
            kept.layer = fetched
            cache.keep(kept)
            return fetched
        }
    }
}

extension BaseImage {
    /// What checks of a Dockerfile want to know of it.
    var facts: BaseImageFacts {
        let platform = Platform(
            architecture: configuration.architecture, os: configuration.os, variant: configuration.variant)
        return BaseImageFacts(environment: configuration.config?.environment ?? [], platform: platform.text)
    }
}

extension StepLayer {
    /// Its files are not here.
    var isElsewhere: Bool { if case .elsewhere = self { true } else { false } }
}
