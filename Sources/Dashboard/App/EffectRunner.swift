import Engine
import Synchronization

/// Carries out effects in tasks and posts what comes of them.
final class EffectRunner: Sendable {
    private struct Running {
        var background: [Task<Void, Never>] = []
        var count: Task<Void, Never>?
        /// An image that is being read, and a tree that is being made of it.
        var exploring: Task<Void, Never>?
        var preparing: Task<Void, Never>?
        var transfers: [Int: Task<Void, Never>] = [:]
        var watched: [HistoryQuery] = []
        /// Seconds from one picture of the figures to the next.
        var refresh = 1
        var errands: [String: (number: Int, task: Task<Void, Never>)] = [:]
        var errandCount = 0
    }

    let answers: EffectAnswers
    let builds: BuildRunner
    /// The terminals that are open.
    var shells: ShellPorts { services.shells }
    private let statistics: any StatisticsSource
    let services: ErrandServices
    private let post: @Sendable (Message) async -> Void
    private let running = Mutex(Running())

    init(
        engine: any ContainerEngine, statistics: any StatisticsSource,
        makeSpec: (@Sendable (RunForm) -> Result<ContainerSpec, RunForm.Refusal>)? = nil,
        makeBuild: (@Sendable (BuildForm) -> Result<BuildRequest, BuildForm.Refusal>)? = nil,
        host: HostServices = HostServices(),
        post: @escaping @Sendable (Message) async -> Void
    ) {
        answers = EffectAnswers(engine: engine, statistics: statistics, makeSpec: makeSpec)
        builds = BuildRunner(engine: engine, makeBuild: makeBuild, post: post)
        self.statistics = statistics
        services = ErrandServices(engine: engine, statistics: statistics, host: host)
        self.post = post
    }

    /// Begins to listen: events first, then the lists, so that nothing falls between them.
    func start() {
        let events = Task.detached { await self.followEvents() }
        let frames = Task.detached { await self.followFrames() }
        let news = Task.detached { await self.followNews() }
        let engines = Task.detached { await self.followEngines() }
        running.withLock { $0.background = [events, frames, news, engines] }
    }

    func stop() {
        let tasks = running.withLock { running in
            defer { running = Running() }
            return running.background + Array(running.transfers.values) + running.errands.values.map(\.task)
                + [running.count, running.exploring, running.preparing].compactMap { $0 }
        }
        for task in tasks { task.cancel() }
        builds.stopAll()
    }

    /// Ends the copies; whoever leaves waits until what they have made in part is taken away.
    func stopCopies() -> [Task<Void, Never>] {
        let place = Self.place(BrowserPane.pane, ChangeFiles.copyPlace)
        let task = running.withLock { $0.errands[place]?.task }
        task?.cancel()
        return task.map { [$0] } ?? []
    }

    /// How often figures are wanted, in seconds.
    func show(every seconds: Int) { running.withLock { $0.refresh = max(1, seconds) } }

    /// Starts what an update asked for; those that need the screen are the app's own.
    func run(_ effect: Effect) {
        switch effect {
        case .watch(let queries):
            running.withLock { $0.watched = queries }
            answer(effect)
        case .pinned(let pane, let effect): run(effect, pinnedTo: pane)
        case .perform, .removeImages, .pruneImages, .tagImage, .run, .change: beginDeed(effect)
        case .cancel(let verb, let target): endErrand(in: Self.deedPlace(verb, target))
        case .countVolumes: count()
        case .stopCounting:
            running.withLock { running in
                running.count?.cancel()
                running.count = nil
            }
        case .explore: replace(\.exploring, with: effect)
        case .prepareFiles: replace(\.preparing, with: effect)
        case .stopExploring:
            running.withLock { running in
                for task in [running.exploring, running.preparing] { task?.cancel() }
                (running.exploring, running.preparing) = (nil, nil)
            }
        case .transfer(let request): begin(request)
        case .stopTransfer(let id): running.withLock { $0.transfers[id] }?.cancel()
        case .build(let id, let form): builds.begin(id, form)
        case .stopBuild(let id): builds.stop(id)
        case .releaseBuild(let id): builds.release(id)
        case .forgetBuild(let id): builds.forget(id)
        case .watchBuild(let watch): builds.watch(watch)
        case .errand(let errand): begin(errand)
        case .endErrand(let pane, let slot): endErrand(in: Self.place(pane, slot))
        case .dump, .copySelection, .read, .theme, .shell, .attach, .enterStep, .browse, .copy, .ring, .notify,
            .remember, .reload, .terminal, .redraw, .suspend, .quit:
            break
        default: answer(effect)
        }
    }

    private func answer(_ effect: Effect) {
        Task.detached {
            for message in await self.answers.messages(for: effect) { await self.post(message) }
        }
    }

    // MARK: Deeds, which can be called back

    private static func deedPlace(_ verb: String, _ target: String) -> String { "deed \(verb) \(target)" }

    private func beginDeed(_ effect: Effect) {
        let places = effect.deeds.map { Self.deedPlace($0.verb, $0.target) }
        running.withLock { running in
            running.errandCount += 1
            let number = running.errandCount
            let task = Task.detached {
                for message in await self.answers.messages(for: effect) { await self.post(message) }
                self.running.withLock { running in
                    for place in places where running.errands[place]?.number == number { running.errands[place] = nil }
                }
            }
            for place in places { running.errands[place] = (number, task) }
        }
    }

    // MARK: Pinned panes

    /// What a pinned pane asks for goes beside what the one without a pin has under way.
    private func run(_ effect: Effect, pinnedTo pane: Pane) {
        let place = Self.place(pane, "\(effect)")
        running.withLock { running in
            running.errandCount += 1
            let number = running.errandCount
            running.errands[place]?.task.cancel()
            let task = Task.detached {
                for message in await self.answers.messages(for: effect) where !Task.isCancelled {
                    await self.post(.pinned(pane, message))
                }
                self.running.withLock { if $0.errands[place]?.number == number { $0.errands[place] = nil } }
            }
            running.errands[place] = (number, task)
        }
    }

    // MARK: Errands of panes

    private static func place(_ pane: Pane, _ slot: String) -> String { "\(pane)/\(slot)" }

    private func begin(_ errand: PaneErrand) {
        if errand.errand.begin(services) { return }
        let place = errand.errand.slot.map { Self.place(errand.pane, $0) }
        running.withLock { running in
            running.errandCount += 1
            let number = running.errandCount
            let key = place ?? "#\(number)"
            running.errands[key]?.task.cancel()
            let task = Task.detached {
                await self.finish(errand)
                self.running.withLock { if $0.errands[key]?.number == number { $0.errands[key] = nil } }
            }
            running.errands[key] = (number, task)
        }
    }

    /// Does an errand to its end.
    func finish(_ errand: PaneErrand) async {
        let failure = Mutex<String?>(nil)
        await errand.errand.run(services) { answer in
            guard !Task.isCancelled else { return }
            if let deed = answer as? any DeedAnswer { failure.withLock { $0 = deed.failure } }
            await self.post(.answer(errand.pane, answer))
        }
        guard let deed = errand.errand.deed else { return }
        await post(.deedEnded(deed, failure: Task.isCancelled ? "cancelled" : failure.withLock { $0 }))
    }

    /// The configuration changes outside of the dashboard.
    private func followNews() async {
        guard let news = services.host.news else { return }
        for await one in news() { await post(.news(one)) }
    }

    /// Engines come and go.
    private func followEngines() async {
        guard let overview = services.engine as? any EngineOverview else { return }
        for await statuses in overview.engineNews() { await post(.answer(.engines, statuses)) }
    }

    private func endErrand(in place: String) {
        running.withLock { $0.errands.removeValue(forKey: place) }?.task.cancel()
    }

    /// One at a time: what was asked for before is not wanted any more.
    private func replace(_ place: any WritableKeyPath<Running, Task<Void, Never>?> & Sendable, with effect: Effect) {
        let task = Task.detached {
            for message in await self.answers.messages(for: effect) where !Task.isCancelled { await self.post(message) }
        }
        running.withLock { running in
            running[keyPath: place]?.cancel()
            running[keyPath: place] = task
        }
    }

    /// Pictures of a transfer go out ten times a second, whatever comes in.
    private func begin(_ request: Transfer.Request) {
        let work: @Sendable () async -> Void = {
            let feed = TransferFeed()
            let pump = Task.detached {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(100))
                    if let report = feed.next() { await self.post(.transfer(request.id, report)) }
                }
            }
            let end = await self.answers.carryOut(request) { feed.take($0) }
            pump.cancel()
            await pump.value
            if let report = feed.next() { await self.post(.transfer(request.id, report)) }
            await self.post(.transferEnded(request.id, end))
            self.running.withLock { $0.transfers[request.id] = nil }
        }
        // Its own end takes it out again, and waits for this.
        running.withLock { $0.transfers[request.id] = Task.detached(operation: work) }
    }

    /// One at a time; whoever leaves the volumes ends it.
    private func count() {
        let task = Task.detached(priority: .background) {
            for message in await self.answers.messages(for: .countVolumes) where !Task.isCancelled {
                await self.post(message)
            }
        }
        running.withLock { running in
            running.count?.cancel()
            running.count = task
        }
    }

    private func followEvents() async {
        var failure: String?
        while !Task.isCancelled {
            do {
                let reader = try await answers.engine.events(since: nil, until: nil)
                if let failure { await post(.eventsRestarted(failure)) } else { await loadLists() }
                failure = words("the stream ended")
                while let events = try await reader.next() { await post(.events(events)) }
            } catch {
                if failure == nil {
                    await loadLists()
                    await post(.notice(.failure, words("changes made elsewhere are not seen: \(error)")))
                }
                failure = "\(error)"
            }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    private func loadLists() async {
        for effect in [Effect.loadContainers, .loadImages] {
            for message in await answers.messages(for: effect) { await post(message) }
        }
    }

    private func followFrames() async {
        var due: [HistoryQuery: ContinuousClock.Instant] = [:]
        var shown: ContinuousClock.Instant?
        for await frame in statistics.frames() {
            let now = ContinuousClock.now
            // Figures come each second, a little sooner or later; a person may want to see them less often.
            let pause = Duration.seconds(running.withLock { $0.refresh }) - .milliseconds(500)
            if let shown, shown.duration(to: now) < pause { continue }
            shown = now
            let watched = running.withLock { $0.watched }
            var asked: [HistoryQuery] = []
            var next: [HistoryQuery: ContinuousClock.Instant] = [:]
            for query in watched {
                if let moment = due[query], moment > now {
                    next[query] = moment
                    continue
                }
                asked.append(query)
                // A long span moves by a point only now and then.
                next[query] = now + max(.milliseconds(900), query.span / (2 * max(1, query.points)))
            }
            due = next
            let histories = Dictionary(zip(asked, statistics.histories(asked)), uniquingKeysWith: { $1 })
            await post(.frame(frame, histories: histories))
        }
    }
}
