import Engine
import Synchronization

/// Carries out builds in tasks, and posts what comes of them.
final class BuildRunner: Sendable {
    private struct Entry {
        var feed = BuildFeed()
        var hold = StepHold()
        var task: Task<Void, Never>?
    }

    private let engine: any ContainerEngine
    private let makeBuild: (@Sendable (BuildForm) -> Result<BuildRequest, BuildForm.Refusal>)?
    private let post: @Sendable (Message) async -> Void
    private let builds = Mutex<[Int: Entry]>([:])

    init(
        engine: any ContainerEngine,
        makeBuild: (@Sendable (BuildForm) -> Result<BuildRequest, BuildForm.Refusal>)?,
        post: @escaping @Sendable (Message) async -> Void
    ) {
        self.engine = engine
        self.makeBuild = makeBuild
        self.post = post
    }

    func begin(_ id: Int, _ form: BuildForm) {
        let entry = Entry()
        let (feed, hold) = (entry.feed, entry.hold)
        builds.withLock { builds in
            builds[id] = entry
            // It finds its own entry only after this.
            builds[id]?.task = Task.detached { await self.carryOut(id, form, feed, hold) }
        }
    }

    /// Stops a build; what it has finished stays in the cache.
    func stop(_ id: Int) { builds.withLock { $0[id]?.task }?.cancel() }

    /// Lets a failed step go, upon which its build ends.
    func release(_ id: Int) { builds.withLock { $0[id]?.hold }?.release() }

    /// Nobody will ask for its output any more.
    func forget(_ id: Int) {
        let entry = builds.withLock { $0.removeValue(forKey: id) }
        entry?.task?.cancel()
        entry?.hold.release()
    }

    /// The step of a failed build that is kept.
    func failedStep(of id: Int) -> (any FailedStep)? { builds.withLock { $0[id]?.hold }?.step }

    /// Tells of this step's output from now on, and of no other's; `nil`: no build is on the screen.
    func watch(_ watch: BuildWatch?) {
        let feeds = builds.withLock { $0.mapValues(\.feed) }
        for (id, feed) in feeds where id != watch?.build { feed.watch(nil, isSeen: false) }
        guard let watch, let feed = feeds[watch.build] else { return }
        feed.watch(watch.step, isSeen: true)
        // A build that is over has nobody else to tell of it.
        Task.detached { await self.report(watch.build, feed) }
    }

    /// Stops all; answers the tasks that are still to end.
    @discardableResult
    func stopAll() -> [Task<Void, Never>] {
        let entries = builds.withLock { builds in
            defer { builds = [:] }
            return Array(builds.values)
        }
        for entry in entries {
            entry.task?.cancel()
            entry.hold.release()
        }
        return entries.compactMap(\.task)
    }

    private func report(_ id: Int, _ feed: BuildFeed) async {
        if let report = feed.next() { await post(.build(id, .report(report))) }
    }

    private func carryOut(_ id: Int, _ form: BuildForm, _ feed: BuildFeed, _ hold: StepHold) async {
        let request: BuildRequest
        switch makeBuild?(form) {
        case .success(let made): request = made
        case .failure(let refusal):
            await post(.build(id, .refused(refusal.reasons)))
            return forget(id)
        case nil: return await post(.build(id, .refused([.context: words("this dashboard cannot read the form")])))
        }
        await post(.build(id, .began))
        let pump = Task.detached {
            while !Task.isCancelled {
                // A failed build that waits for a person has next to nothing to tell.
                try? await Task.sleep(for: hold.step == nil ? .milliseconds(100) : .seconds(1))
                await self.report(id, feed)
            }
        }
        let end: Result<BuiltImage, EngineError>
        do {
            end = .success(
                try await engine.build(request, progress: { feed.take($0) }) { step in
                    await self.report(id, feed)
                    guard hold.keep(step) else { return }
                    await self.post(.build(id, .held(StepFailure(step))))
                    await hold.wait()
                })
        } catch is CancellationError {
            end = .failure(EngineError(.cancelled, words("the build was stopped")))
        } catch { end = .failure(EffectAnswers.engineError(error)) }
        pump.cancel()
        await pump.value
        await report(id, feed)
        await post(.build(id, .ended(end)))
        builds.withLock { $0[id]?.task = nil }
    }
}

/// What of a build is on the screen.
struct BuildWatch: Sendable, Hashable {
    var build: Int
    /// The step whose output is shown; `nil`: none's.
    var step: Int?
}
