import Build
import Engine
import Images
import LinuxSystem

/// Building is the builder's business; here it meets containers, registries and events.
extension LocalEngine {
    /// Builds an image. See `ImageBuilding`.
    public func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        try checkOverlay()
        // What an earlier build's sudden end has left goes meanwhile.
        async let clearing: Void = runOnOwnThread { [self] in
            clearStrays(known: Set(try records.all().map(\.id.rawValue)))
        }
        let built = try await withBuilder { builder in
            try await builder.build(request, progress: progress, onFailure: onFailure)
        }
        _ = try? await clearing
        if let id = built.id {
            for name in built.names { emit("tag", image: id.rawValue, name: name) }
        }
        return built
    }

    /// Checks a Dockerfile. See `ImageBuilding`.
    public func checkBuild(_ request: BuildRequest) async throws -> [BuildWarning] {
        try await withBuilder { builder in try await builder.check(request) }
    }

    /// What can be chosen in a Dockerfile. See `ImageBuilding`.
    public func outlineBuild(_ request: BuildRequest) async throws -> BuildOutline {
        try await withBuilder { builder in try await builder.outline(request) }
    }

    /// What is kept for later builds. See `ImageBuilding`.
    public func buildCache() async throws -> [BuildCacheRecord] {
        let store = store
        return try await runOnOwnThread { try store.cacheRecords() }
    }

    /// Removes what nobody uses of it. See `ImageBuilding`.
    public func pruneBuildCache(_ prune: BuildCachePrune) async throws -> [BuildCacheRecord] {
        let store = store
        let removed = try await runOnOwnThread { try store.pruneCache(prune) }
        let reclaimed = removed.reduce(Int64(0)) { $0 + ($1.isShared ? 0 : $1.size) }
        emit(
            Event(
                time: .now, type: .builder, action: "prune", actorID: "",
                attributes: ["reclaimed": String(reclaimed)]))
        return removed
    }

    private func withBuilder<Value: Sendable>(
        _ body: (Builder) async throws -> Value
    ) async throws -> Value {
        let services = EngineBuildServices(self)
        let builder = Builder(store: store, services: services, executor: ContainerStepExecutor(engine: self))
        do {
            let value = try await body(builder)
            await services.close()
            return value
        } catch {
            await services.close()
            throw error
        }
    }
}
