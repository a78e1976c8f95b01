import Engine
import Search

/// Several logs read as one.
struct LogLibrary: Sendable {
    let engine: any ContainerEngine
    let query: LogQuery

    /// A page of all logs, each read from its cursor.
    func page(
        _ cursors: [LogPageRequest.Cursor], count: Int, pattern: SearchPattern? = nil, progress: LogProgress? = nil
    ) async throws -> (lines: [LogWindow.Line], isLast: Bool) {
        let selection = try query.selection(pattern)
        let pages = try await each { index, source in
            guard cursors.indices.contains(index) else { return LogPage(lines: [], isLast: true) }
            let request = LogPageRequest(
                cursors[index], selection: selection, count: count, bytes: (4 << 20) / query.sources.count)
            return try await engine.logPage(of: source.id.rawValue, request, progress: progress)
        }
        return LogMerge.page(pages, isBackward: cursors.first?.isBackward ?? true)
    }

    /// The last line of each log, whatever is looked for.
    func ends() async throws -> [LogPlace?] {
        guard query.filter != nil || query.until != nil else { return query.sources.map { _ in nil } }
        return try await each { _, source in
            try await engine.logPage(of: source.id.rawValue, LogPageRequest(.end, count: 1), progress: nil).lines.last?
                .place
        }
    }

    /// The lines around one, and which of them it is.
    func surroundings(
        of hit: LogWindow.Line, count: Int
    ) async throws -> (lines: [LogWindow.Line], index: Int, isStart: Bool, isEnd: Bool) {
        // Lines of other logs of the same moment come before those of this one, or behind.
        let older = query.sources.indices.map { index -> LogPageRequest.Cursor in
            index == hit.source ? .before(hit.place) : .earlier(hit.time)
        }
        let newer = query.sources.indices.map { index -> LogPageRequest.Cursor in
            index == hit.source ? .after(hit.place) : .from(hit.time)
        }
        let before = try await page(older, count: count / 2)
        let after = try await page(newer, count: count / 2)
        return (before.lines + [hit] + after.lines, before.lines.count, before.isLast, after.isLast)
    }

    func count(_ pattern: SearchPattern, progress: LogProgress?) async throws -> LogTally {
        let selection = try query.selection(pattern)
        let tallies = try await each { _, source in
            try await engine.countLog(of: source.id.rawValue, selection, from: nil, upTo: nil, progress: progress)
        }
        var sum = LogTally()
        for tally in tallies {
            sum.matches += tally.matches
            sum.exhausted += tally.exhausted
        }
        return sum
    }

    /// The number of a match, counted from the oldest, which is 1.
    func rank(_ pattern: SearchPattern, of key: LogKey, _ time: Timestamp) async throws -> Int {
        let selection = try query.selection(pattern)
        let counts = try await each { index, source in
            if index == key.source {
                return try await engine.countLog(
                    of: source.id.rawValue, selection, from: nil, upTo: key.place, progress: nil
                ).matches
            }
            var earlier = selection
            let until = Timestamp(nanoseconds: time.nanoseconds.subtractingClamped(1))
            earlier.until = min(selection.until ?? until, until)
            return try await engine.countLog(of: source.id.rawValue, earlier, from: nil, upTo: nil, progress: nil)
                .matches
        }
        return counts.reduce(1, +)
    }

    /// When the first container was started, as far as events tell, oldest first.
    func starts() async throws -> [Timestamp] {
        guard let source = query.sources.first else { return [] }
        let container = try await engine.container(source.id.rawValue)
        guard let present = container.state.startedAt else { return [] }
        // The event of the present run may be told a moment after it began.
        let reader = try await engine.events(
            since: container.createdAt, until: present.advanced(by: Self.tellingTime))
        var starts: [Timestamp] = []
        while let events = try await reader.next() {
            for event in events where event.actorID == source.id.rawValue && event.action == "start" {
                starts.append(event.time)
            }
        }
        // An event and the state tell of one start with two clock readings.
        let isTold = starts.contains { max($0.since(present), present.since($0)) < Self.tellingTime }
        return (isTold ? starts : starts + [present]).sorted()
    }

    private static let tellingTime = Duration.milliseconds(500)

    /// Asks for something of each log at once; the answers are in the order of the logs.
    private func each<Value: Sendable>(
        _ body: @escaping @Sendable (Int, LogSource) async throws -> Value
    ) async throws -> [Value] {
        if query.sources.count == 1 { return [try await body(0, query.sources[0])] }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, source) in query.sources.enumerated() {
                group.addTask { (index, try await body(index, source)) }
            }
            var values: [Int: Value] = [:]
            for try await (index, value) in group { values[index] = value }
            return query.sources.indices.compactMap { values[$0] }
        }
    }
}
