import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI

/// Makes of a finished target what the request wants.
struct BuildExport: Sendable {
    let run: BuildRun
    let names: ImageNames

    /// Writes all outputs, then the caches elsewhere.
    func export(_ state: StageState) async throws -> BuiltImage {
        let outputs = run.request.wantedOutputs
        let needsFiles = !outputs.isEmpty
        let first = run.plan.outputs.first ?? run.plan.definition
        var layers: [BuiltLayer] = []
        if needsFiles {
            layers = try await run.here(state.layers, step: first)
        }
        var state = state
        if run.request.squash, needsFiles { layers = try await squash(&state, layers) }
        var result = BuiltImage(id: nil, digest: nil, names: [])
        let image = needsFiles ? try ImageAssembly(state, layers: layers, request: run.request) : nil
        for (output, step) in zip(outputs, run.plan.outputs) {
            run.reporter.begin(step)
            do {
                if let made = try await write(output, image, layers, step) { result = made }
                run.reporter.done(step)
            } catch {
                throw reported(error, step)
            }
            if case .image(_, push: true) = output { for name in names.all { try await pushed(name) } }
        }
        try await exportCaches()
        return result
    }

    private func write(
        _ output: BuildOutput, _ image: ImageAssembly?, _ layers: [BuiltLayer], _ step: Int
    ) async throws -> BuiltImage? {
        guard let image else { return nil }
        switch output {
        case .none: return nil
        case .image: return try await publish(image, step)
        case .local(let path):
            let files = FileOutput(store: run.store, layers: layers)
            try await runOnOwnThread { try files.write(toDirectory: path) }
            return nil
        case .tar(let target):
            let files = FileOutput(store: run.store, layers: layers)
            try await runOnOwnThread { try files.write(toArchive: target) }
            return nil
        case .oci(let target, let unpacked):
            return try await copy(image, to: layout(target, unpacked: unpacked), names.all.map(\.full), step)
        case .docker(let target): return try await copy(image, to: archive(target), names.all.map(\.familiar), step)
        }
    }

    // MARK: - The store

    private func publish(_ image: ImageAssembly, _ step: Int) async throws -> BuiltImage {
        let (change, names) = (run.change, names.all)
        tell("writing image \(Digest(of: image.configuration))", step)
        for name in names { tell("naming to \(name.full)", step) }
        try await runOnOwnThread {
            // A wholly cached build has made nothing new, and writes nothing.
            if try change.isListed(Digest(of: image.manifest), as: names) { return }
            _ = try change.addDocument(image.manifest)
            _ = try change.addDocument(image.configuration)
            let wanted = names.isEmpty ? [nil] : names.map(Optional.some)
            for name in wanted {
                _ = try change.publish(PublishedImage(manifest: image.descriptor, name: name, repoDigest: nil))
            }
        }
        return image.result(names.map(\.full))
    }

    private func tell(_ line: String, _ step: Int) {
        run.reporter.tell(.output(step: step, .stdout, Array("\(line)\n".utf8)))
    }

    private func pushed(_ name: ImageReference) async throws {
        let step = run.reporter.add("pushing \(name.full)")
        run.reporter.begin(step)
        do {
            try await run.services.push(name.full) { [reporter = run.reporter] event in
                reporter.tell(.transfer(step: step, event))
            }
            run.reporter.done(step)
        } catch {
            throw reported(error, step)
        }
    }

    private func squash(_ state: inout StageState, _ layers: [BuiltLayer]) async throws -> [BuiltLayer] {
        let below = Array(layers.prefix(state.inheritedLayers))
        let above = Array(layers.dropFirst(state.inheritedLayers))
        guard above.count > 1 else { return layers }
        let (change, epoch) = (run.change, run.epoch)
        let squashed = try await runOnOwnThread { try change.squash(above, on: below, epoch: epoch) }
        var history = ImageAssembly.dated(state.configuration.history ?? [])
        for index in history.indices.dropFirst(state.inheritedHistory) { history[index].emptyLayer = true }
        history.append(
            .init(created: history.last?.created, comment: "merge of \(above.count) layers"))
        state.configuration.history = history
        return below + [squashed]
    }

    // MARK: - Archives

    private func copy(
        _ image: ImageAssembly, to destination: any ImageDestination, _ names: [String], _ step: Int
    ) async throws -> BuiltImage {
        let change = run.change
        _ = try await runOnOwnThread { try change.addDocument(image.configuration) }
        let operation = ImageCopyOperation(
            from: BuiltImageSource(manifest: image.manifest, in: run.store), to: destination,
            platform: run.store.platform, allPlatforms: false,
            progress: { [reporter = run.reporter] event in reporter.tell(.transfer(step: step, event)) })
        _ = try await operation.run(names: names)
        return image.result(names)
    }

    private func layout(_ target: ImageSaveTarget, unpacked: Bool) throws(EngineError) -> any ImageDestination {
        switch target {
        case .descriptor(let descriptor):
            guard !unpacked else {
                throw EngineError(.invalidArgument, "a directory cannot be written to standard output")
            }
            return try LayoutDestination(descriptor: descriptor)
        case .path(let path):
            return try unpacked ? LayoutDestination(directory: path) : LayoutDestination(archive: path)
        }
    }

    private func archive(_ target: ImageSaveTarget) throws(EngineError) -> any ImageDestination {
        switch target {
        case .descriptor(let descriptor): try DockerArchiveDestination(descriptor: descriptor)
        case .path(let path): try DockerArchiveDestination(archive: path)
        }
    }

    // MARK: - Caches

    private func exportCaches() async throws {
        for (location, step) in zip(run.request.cacheTo, run.plan.cacheExports) {
            run.reporter.begin(step)
            do {
                let stages =
                    location.isComplete ? run.graph.stages.map(\.stage.index) : run.graph.chain(to: run.graph.target)
                var steps: [CachedStep] = []
                for found in run.cache.noted(stages: stages) { steps.append(try await record(found, step)) }
                try await run.services.exportCache(steps, to: location, change: run.change)
                run.reporter.done(step)
            } catch {
                throw reported(error, step)
            }
        }
    }

    /// A record whose layer is here: what came from another cache may not have been needed so far.
    private func record(_ found: StepCache.Found, _ step: Int) async throws -> CachedStep {
        var record = found.record
        record.layer = try await run.here([found.layer], step: step).first
        return record
    }

    private func reported(_ error: any Error, _ step: Int) -> any Error {
        if !(error is CancellationError) {
            run.reporter.failed(step, reason: BuildRun.failure(error).error.message)
        }
        return error
    }
}

extension BuildGraph {
    /// A stage and those that it stands on.
    fileprivate func chain(to stage: Int) -> [Int] {
        guard let planned = stages.first(where: { $0.stage.index == stage }) else { return [stage] }
        guard case .stage(let below) = planned.base else { return [stage] }
        return chain(to: below) + [stage]
    }
}

extension ImageAssembly {
    /// The manifest, as an index names it.
    fileprivate var descriptor: Descriptor {
        Descriptor(
            mediaType: MediaType.manifest, digest: Digest(of: manifest).description, size: Int64(manifest.count))
    }

    fileprivate func result(_ names: [String]) -> BuiltImage {
        BuiltImage(
            id: ImageID(rawValue: Digest(of: configuration).description), digest: descriptor.digest, names: names)
    }
}
