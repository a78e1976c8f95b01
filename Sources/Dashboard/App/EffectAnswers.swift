import Engine

/// What engine and statistics answer to single effects.
struct EffectAnswers: Sendable {
    let engine: any ContainerEngine
    let statistics: any StatisticsSource
    /// Makes a container out of a filled form.
    var makeSpec: (@Sendable (RunForm) -> Result<ContainerSpec, RunForm.Refusal>)?

    func messages(for effect: Effect) async -> [Message] {
        switch effect {
        case .loadContainers: return [.containers(await result { try await engine.containers() })]
        case .loadContainer(let id):
            return [.container(id, await result { try await engine.container(id.rawValue) })]
        case .loadImages: return [.images(await result { try await engine.images() })]
        case .inspect(let id): return [.details(id, await result { try await engine.inspect(id.rawValue) })]
        case .inspectImage(let id):
            return [.imageDetails(id, await result { try await engine.inspectImage(id.rawValue) })]
        case .loadNetworks: return [.networks(await result { try await engine.networks() })]
        case .loadVolumes: return [.volumes(await result { try await engine.volumes(sizes: false) })]
        case .countVolumes: return [.volumesCounted(await result { try await engine.volumes(sizes: true) })]
        case .change(let change): return [.changed(change, await outcomes(of: change))]
        case .perform(let operation, let targets):
            return [.performed(operation, await perform(operation, targets))]
        case .removeImages, .pruneImages, .tagImage, .loadShares, .explore, .prepareFiles, .searchRegistry, .remoteTags,
            .run:
            return await imageMessages(for: effect)
        case .watch(let queries):
            return [
                .histories(Dictionary(zip(queries, statistics.histories(queries)), uniquingKeysWith: { $1 }))
            ]
        case .traces(let ids):
            let traces = ids.map { id in
                let points = CPUTrace.capacity
                return (
                    id,
                    statistics.history(
                        HistoryQuery(subject: .container(id), metric: .cpu, span: .seconds(points), points: points))
                )
            }
            return [.traces(Dictionary(traces, uniquingKeysWith: { $1 }))]
        case .stopCounting, .stopExploring, .transfer, .stopTransfer, .build, .stopBuild,
            .releaseBuild,
            .forgetBuild, .watchBuild, .enterStep, .pinned, .dump, .copySelection, .read, .theme,
            .cancel, .errand, .endErrand, .shell, .attach, .browse, .copy, .ring, .notify, .remember, .reload,
            .terminal, .redraw,
            .suspend, .quit:
            return []
        }
    }

    func result<Value: Sendable>(
        _ body: () async throws -> Value
    ) async -> Result<Value, EngineError> {
        do { return .success(try await body()) } catch { return .failure(Self.engineError(error)) }
    }

    static func engineError(_ error: any Error) -> EngineError {
        error as? EngineError ?? EngineError(.system, "\(error)")
    }

    // MARK: Operations

    /// All at once, for stopping waits for each; the outcomes in the order of the targets.
    private func perform(_ operation: Operation, _ targets: [Effect.Target]) async -> [Message.Outcome] {
        await withTaskGroup(of: (Int, Message.Outcome).self) { group in
            var outcomes: [Int: Message.Outcome] = [:]
            for (index, target) in targets.enumerated() {
                if index >= 16, let done = await group.next() { outcomes[done.0] = done.1 }
                group.addTask {
                    let error = await self.perform(operation, target.id.rawValue)
                    return (index, Message.Outcome(id: target.id, name: target.name, error: error))
                }
            }
            for await done in group { outcomes[done.0] = done.1 }
            return targets.indices.compactMap { outcomes[$0] }
        }
    }

    private func perform(_ operation: Operation, _ reference: String) async -> EngineError? {
        do {
            switch operation {
            case .start: try await engine.start(reference)
            case .stop: try await engine.stop(reference, timeout: nil, signal: nil)
            case .restart: try await engine.restart(reference, timeout: nil, signal: nil)
            case .pause: try await engine.pause(reference)
            case .unpause: try await engine.unpause(reference)
            case .kill(let signal): try await engine.kill(reference, signal: signal)
            case .remove(let force): try await engine.remove(reference, force: force)
            }
            return nil
        } catch {
            return Self.engineError(error)
        }
    }
}
