import Engine

extension MergedEngine: EventStreaming {
    /// Events of all engines: those of the past in the order of their times, those to come as they come. An engine whose
    /// stream ends is asked again as long as others go on.
    public func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        if members.count == 1, let only = members.first {
            return try await only.engine.events(since: since, until: until)
        }
        if let until { return PastEvents(try await past(since: since, until: until)) }
        return MergedEvents(self, since: since)
    }

    private func past(since: Timestamp?, until: Timestamp) async throws -> [Event] {
        try await all { engine in
            let reader = try await engine.events(since: since, until: until)
            var events: [Event] = []
            while let more = try await reader.next() { events += more }
            return events
        }.map(\.1).sorted { $0.time < $1.time }
    }
}

/// Events that are known already.
private actor PastEvents: EventReader {
    private var events: [Event]

    init(_ events: [Event]) { self.events = events }

    func next() async throws -> [Event]? {
        defer { events = [] }
        return events.isEmpty ? nil : events
    }
}

/// Events of several engines as they come.
private actor MergedEvents: EventReader {
    private let tasks: [Task<Void, Never>]
    private var iterator: AsyncThrowingStream<[Event], any Error>.AsyncIterator

    init(_ engines: MergedEngine, since: Timestamp?) {
        let (stream, continuation) = AsyncThrowingStream.makeStream(
            of: [Event].self, bufferingPolicy: .bufferingOldest(1024))
        iterator = stream.makeAsyncIterator()
        tasks = engines.members.map { member in
            let engine = member.engine
            return Task.detached {
                var since = since
                while !Task.isCancelled {
                    if let reader = try? await engine.events(since: since, until: nil) {
                        while let events = try? await reader.next() {
                            if let last = events.last { since = Timestamp(nanoseconds: last.time.nanoseconds &+ 1) }
                            // What is not listed is not told of either.
                            guard engines.listed.contains(where: { $0.name == member.name }),
                                case .dropped = continuation.yield(events)
                            else { continue }
                            continuation.finish(
                                throwing: EngineError(.system, "events came faster than they were read"))
                            return
                        }
                    }
                    try? await Task.sleep(for: .seconds(2))
                }
            }
        }
    }

    deinit { for task in tasks { task.cancel() } }

    func next() async throws -> [Event]? {
        var reading = iterator
        defer { iterator = reading }
        return try await reading.next(isolation: #isolation)
    }
}

extension MergedEngine: ContainerEngine {}
