import Engine
import Synchronization

/// Counts what everything takes, and tells how far it is.
struct CountUsage: Errand {
    struct Answer: Sendable {
        var result: Result<DiskUsage, EngineError>
    }

    static let place = "count"
    var slot: String? { Self.place }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let (stages, feed) = AsyncStream<DiskUsageProgress>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Result<DiskUsage, EngineError>?.self) { group in
            group.addTask {
                defer { feed.finish() }
                return await services.result { try await services.engine.diskUsage { feed.yield($0) } }
            }
            for await stage in stages {
                await answer(stage)
                // Ten times a second is more than anybody reads.
                try? await Task.sleep(for: .milliseconds(100))
            }
            if let result = await group.next() ?? nil { await answer(Answer(result: result)) }
        }
    }
}

/// Removes things that nobody uses, one after the other, without force: what somebody uses by now stays.
struct PruneUsage: Errand {
    struct Answer: DeedAnswer {
        var kind: UsageRows.Kind
        var removed: Int
        var failed: Int
        var error: EngineError?

        var failure: String? { error?.description }
    }

    var kind: UsageRows.Kind
    var references: [String]
    /// Of the build cache also what images still have as layers.
    var all: Bool

    var deed: Deed? {
        let word: String
        switch kind {
        case .images: word = "image"
        case .containers: word = "container"
        case .volumes: word = "volume"
        case .buildCache: word = "builder"
        }
        return Deed(
            verb: phrase("prune"), target: kind.name.lowercased(),
            command: "spyhop \(word) prune\(all && (kind == .images || kind == .volumes) ? " --all" : "")")
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        if kind == .buildCache {
            let result = await services.result { try await services.engine.pruneBuildCache(BuildCachePrune()).count }
            switch result {
            case .success(let count): await answer(Answer(kind: kind, removed: count, failed: 0))
            case .failure(let error): await answer(Answer(kind: kind, removed: 0, failed: 1, error: error))
            }
            return
        }
        var own = Answer(kind: kind, removed: 0, failed: 0)
        let names = kind == .images ? await names(services) : [:]
        for reference in references where !Task.isCancelled {
            let result = await services.result { try await remove(reference, names[reference] ?? [], services.engine) }
            switch result {
            case .success: own.removed += 1
            case .failure(let error) where error.code == .notFound: break
            case .failure(let error):
                own.failed += 1
                own.error = own.error ?? error
            }
        }
        await answer(own)
    }

    /// An image goes with its last name.
    private func names(_ services: ErrandServices) async -> [String: [String]] {
        let images = (try? await services.engine.images()) ?? []
        return Dictionary(images.map { ($0.id.rawValue, $0.tags) }, uniquingKeysWith: { first, _ in first })
    }

    private func remove(_ reference: String, _ names: [String], _ engine: any ContainerEngine) async throws {
        switch kind {
        case .containers: try await engine.remove(reference, force: false)
        case .volumes: try await engine.removeVolume(reference, force: false)
        case .images:
            for name in names.isEmpty ? [reference] : names { _ = try await engine.removeImage(name, force: false) }
        case .buildCache: break
        }
    }
}
