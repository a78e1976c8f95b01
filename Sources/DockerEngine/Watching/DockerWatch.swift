import Engine
import Synchronization

/// What is known of an engine's containers, kept by one stream of events; comes back by itself after the engine was away.
final class DockerWatch: Sendable {
    /// Whether the engine answers, and what keeps the knowledge true.
    private enum Phase {
        /// Nobody has asked to be kept informed.
        case idle
        case running(Task<Void, Never>)
        case stopped
    }

    private struct State {
        var phase = Phase.idle
        var condition = EngineStatus.Condition.connecting
        var table: [ContainerID: Container] = [:]
        /// The table has been filled once: from then on it is what is known, also while the engine is away.
        var isFilled = false
        var readers: [Int: AsyncThrowingStream<[Event], any Error>.Continuation] = [:]
        var news: [Int: AsyncStream<EngineStatus>.Continuation] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
        var number = 0
        /// Somebody has been told what there is.
        var isAsked = false

        /// There is an answer, if only that there will be none.
        var isSettled: Bool {
            if case .stopped = phase { return true }
            return isFilled || condition != .connecting
        }
    }

    /// Hundredths of a second in which an engine on this host has told what it has.
    private static let shortWaits = 25

    /// How long the engine is let alone after a failure, at first and at most.
    private static let pauses: (first: Duration, longest: Duration) = (.milliseconds(250), .seconds(5))
    /// How often a silent engine is asked whether it is there, and how long it has to answer.
    private static let pulse: (every: Duration, within: Duration) = (.seconds(8), .seconds(5))

    private let client: DockerClient
    private let configuration: DockerEngine.Configuration
    private let state = Mutex(State())

    init(_ client: DockerClient, _ configuration: DockerEngine.Configuration) {
        self.client = client
        self.configuration = configuration
    }

    func start() {
        state.withLock { state in
            guard case .idle = state.phase else { return }
            let reference = WeakReference(object: self)
            state.phase = .running(Task.detached { await Self.run(reference) })
        }
    }

    func stop() {
        let (phase, readers, news, waiting) = state.withLock { state in
            defer {
                state.phase = .stopped
                (state.readers, state.news, state.waiting) = ([:], [:], [])
            }
            return (state.phase, state.readers, state.news, state.waiting)
        }
        if case .running(let task) = phase { task.cancel() }
        for reader in readers.values { reader.finish() }
        for reader in news.values { reader.finish() }
        for one in waiting { one.resume() }
    }

    // MARK: - Asked

    /// The containers as they are known; `nil` where nobody watches. An engine that does not answer at once has none yet:
    /// what it has is told as events when it does.
    /// - Throws: why the engine cannot be reached, when it never could.
    func containers() async throws -> [Container]? {
        guard state.withLock({ if case .running = $0.phase { true } else { false } }) else { return nil }
        for _ in 0..<Self.shortWaits where !state.withLock({ $0.isSettled }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        return try state.withLock { state in
            if !state.isFilled, case .unreachable(let error, _) = state.condition { throw error }
            state.isAsked = true
            return state.table.values.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        }
    }

    /// A container by its whole identifier, where it is known to be as it is told.
    func known(_ reference: String) -> Container? {
        state.withLock { state in
            guard case .connected = state.condition, case .running = state.phase else { return nil }
            return state.table[ContainerID(rawValue: reference)]
        }
    }

    /// Those that run.
    func running() -> [RunningContainer] {
        state.withLock { state in
            state.table.values.compactMap { container in
                container.state.pid.map {
                    RunningContainer(id: container.id, pid: $0, usesHostNetwork: container.networkMode == .host)
                }
            }
        }
    }

    var status: EngineStatus {
        let version = client.knownVersion
        let condition = state.withLock { state in
            // Nobody watches, but it has answered.
            if case .idle = state.phase, version != nil { return EngineStatus.Condition.connected }
            return state.condition
        }
        return EngineStatus(
            name: configuration.name, kind: version?.isPodman ?? (configuration.name == "podman") ? .podman : .docker,
            address: configuration.address, version: version?.program, condition: condition,
            isLocal: configuration.isLocal)
    }

    func news() -> AsyncStream<[EngineStatus]> {
        let (stream, continuation) = AsyncStream.makeStream(of: EngineStatus.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.number += 1
            state.news[state.number] = continuation
            return state.number
        }
        continuation.yield(status)
        continuation.onTermination = { [weak self] _ in _ = self?.state.withLock { $0.news.removeValue(forKey: number) }
        }
        return AsyncStream { out in
            let task = Task {
                for await status in stream { out.yield([status]) }
                out.finish()
            }
            out.onTermination = { _ in task.cancel() }
        }
    }

    /// Events from now on; `nil` where nobody watches.
    func events() -> (any EventReader)? {
        let (stream, continuation) = AsyncThrowingStream.makeStream(
            of: [Event].self, bufferingPolicy: .bufferingOldest(1024))
        let number: Int? = state.withLock { state in
            guard case .running = state.phase else { return nil }
            state.number += 1
            state.readers[state.number] = continuation
            return state.number
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
        }
        return WatchedEventReader(stream)
    }

    /// Waits for the first answer, or the first failure.
    func settled() async {
        await withCheckedContinuation { continuation in
            let isSettled = state.withLock { state in
                if state.isSettled { return true }
                state.waiting.append(continuation)
                return false
            }
            if isSettled { continuation.resume() }
        }
    }

    // MARK: - Watching

    /// Holds the watch for a moment at a time only, so that letting go of the engine ends it.
    private static func run(_ watch: WeakReference<DockerWatch>) async {
        var pause = pauses.first
        while !Task.isCancelled {
            guard let one = watch.object else { return }
            do {
                try await one.follow()
            } catch {
                if Task.isCancelled { return }
                let wasConnected = one.fail(error)
                if wasConnected { pause = pauses.first }
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, pauses.longest)
        }
    }

    /// One connection's life: events are listened to before the list is asked for, so that nothing falls between.
    private func follow() async throws {
        _ = try await client.version
        let stream = try await client.stream(DockerEngine.call(since: nil, until: nil))
        let pulse = Task { [client] in
            while !Task.isCancelled {
                try await Task.sleep(for: Self.pulse.every)
                var call = DockerCall("GET", "/_ping", purpose: "ask whether it is there")
                call.patience = Self.pulse.within
                do { try await client.done(call) } catch {
                    // Whoever waits for events is told by the end of their connection, and asks why.
                    if !Task.isCancelled { stream.close() }
                    throw error
                }
            }
        }
        defer { pulse.cancel() }
        fill(try await DockerEngine.load(client))
        var documents = DockerDocuments(stream, title: client.title)
        do {
            while let nodes = try await documents.next() { try await take(nodes.compactMap(EventReading.event)) }
        } catch {
            if Task.isCancelled { throw error }
            throw await reason(pulse, error)
        }
        throw await reason(pulse, EngineError(.unreachable, "\(client.title) has ended the stream of events"))
    }

    /// A pulse that found no answer knows more than the connection that was closed for it.
    private func reason(_ pulse: Task<Void, any Error>, _ error: any Error) async -> any Error {
        pulse.cancel()
        if case .failure(let failure) = await pulse.result, !(failure is CancellationError),
            (failure as? EngineError)?.code != .cancelled
        {
            return failure
        }
        return error
    }

    private func take(_ events: [Event]) async throws {
        var ids: [String] = []
        for event in events where event.type == .container && Self.changes(event) && !ids.contains(event.actorID) {
            ids.append(event.actorID)
        }
        for id in ids {
            let container = try await DockerEngine.one(id, client)
            state.withLock { $0.table[ContainerID(rawValue: id)] = container }
        }
        tell(events)
    }

    /// Commands that run in a container change nothing of it.
    private static func changes(_ event: Event) -> Bool {
        !event.action.hasPrefix("exec_") && event.action != "top" && event.action != "attach"
            && event.action != "resize"
    }

    private func fill(_ containers: [Container]) {
        let table = Dictionary(containers.map { ($0.id, $0) }) { first, _ in first }
        let (events, waiting) = state.withLock { state in
            let events = state.isFilled || state.isAsked ? Self.differences(state.table, table) : []
            (state.table, state.isFilled, state.condition) = (table, true, .connected)
            defer { state.waiting = [] }
            return (events, state.waiting)
        }
        for one in waiting { one.resume() }
        tell(events)
        tellStatus()
    }

    /// What changed while nobody could see it, as events.
    static func differences(_ old: [ContainerID: Container], _ new: [ContainerID: Container]) -> [Event] {
        func event(_ container: Container, _ action: String) -> Event {
            Event(
                time: container.state.startedAt ?? container.createdAt, type: .container, action: action,
                actorID: container.id.rawValue, attributes: ["name": container.name, "image": container.image])
        }
        let gone = old.values.filter { new[$0.id] == nil }.map { event($0, "destroy") }
        let changed = new.values.filter { old[$0.id] != $0 }.map { event($0, old[$0.id] == nil ? "create" : "update") }
        return (gone + changed).sorted { ($0.time, $0.actorID) < ($1.time, $1.actorID) }
    }

    /// Answers whether it was connected until now.
    private func fail(_ error: any Error) -> Bool {
        client.forget()
        let now = Timestamp.now
        let failure =
            error as? EngineError ?? EngineError(.unreachable, "\(client.title) cannot be reached", cause: error)
        let (wasConnected, waiting) = state.withLock { state in
            let wasConnected = state.condition == .connected
            if case .unreachable(_, let since) = state.condition {
                state.condition = .unreachable(failure, since: since)
            } else {
                state.condition = .unreachable(failure, since: now)
            }
            defer { state.waiting = [] }
            return (wasConnected, state.waiting)
        }
        for one in waiting { one.resume() }
        tellStatus()
        return wasConnected
    }

    private func tell(_ events: [Event]) {
        guard !events.isEmpty else { return }
        let slow = state.withLock { state in
            state.readers.filter { _, reader in
                if case .dropped = reader.yield(events) { true } else { false }
            }
        }
        // Ending one takes the lock.
        for reader in slow.values {
            reader.finish(throwing: EngineError(.system, "events of \(client.title) came faster than they were read"))
        }
    }

    private func tellStatus() {
        let status = status
        for reader in state.withLock({ $0.news.values.map { $0 } }) { reader.yield(status) }
    }
}

/// Events that the watch passes on.
private actor WatchedEventReader: EventReader {
    private var iterator: AsyncThrowingStream<[Event], any Error>.AsyncIterator

    init(_ stream: AsyncThrowingStream<[Event], any Error>) { iterator = stream.makeAsyncIterator() }

    func next() async throws -> [Event]? {
        var reading = iterator
        defer { iterator = reading }
        return try await reading.next(isolation: #isolation)
    }
}
