import Engine
import Terminal

extension DashboardState {
    /// The logs: how they are shown.
    var logs: LogState {
        get { self[LogsPane.self] }
        _modify { yield &self[LogsPane.self] }
    }

    /// The logs that ought to be shown: all that run, the marked ones, else the selected one.
    private var wantedSources: [LogSource] {
        var wanted: [Container]
        if pins.place != nil {
            // A pinned pane stays with its container.
            wanted = selected.map { [$0] } ?? []
        } else if logs.showsAll {
            wanted = list.all.filter(\.state.isAlive)
        } else if !list.marks.isEmpty {
            wanted = list.all.filter { list.marks.contains($0.id) }
        } else {
            wanted = selected.map { [$0] } ?? []
        }
        return wanted.map { LogSource(id: $0.id, name: $0.name) }
    }

    /// The logs are open while they are on the screen.
    mutating func settleLog(isShown: Bool) -> [Effect] {
        guard isShown else {
            guard logs.isLive || logs.pending != nil else { return [] }
            logs.isLive = false
            logs.window.reachesEnd = false
            logs.pending = nil
            return Self.endedLogs
        }
        let wanted = wantedSources
        if logs.query.sources.map(\.id) != wanted.map(\.id) {
            let isFirst = logs.query.sources.isEmpty
            var query = LogQuery(sources: wanted, filter: logs.query.filter)
            logs.range = logs.range.isCleared ? .all : logs.range
            query.since = logs.range.since(now)
            logs.restart(query)
            return openNewest(isDelayed: !isFirst)
        }
        if logs.isFollowing, !logs.isLive, logs.run == nil, logs.pending == nil, !logs.hasEnded, logs.failure == nil,
            !wanted.isEmpty, !logs.window.reachesEnd
        {
            return reopen()
        }
        return resumeEnded()
    }

    private static let endedLogs: [Effect] = [LogRequest.Part.Slot.live, .page, .find, .count, .rank].map {
        .endErrand(.logs, slot: $0.rawValue)
    }

    /// A container that was started again writes on.
    private mutating func resumeEnded() -> [Effect] {
        let isAgain = logs.ended.contains { source, start in
            guard logs.query.sources.indices.contains(source),
                let container = list.byID[logs.query.sources[source].id], container.state.isAlive
            else { return false }
            return container.state.startedAt != start
        }
        guard isAgain, logs.run == nil else { return [] }
        logs.ended = [:]
        return resumeLog()
    }

    // MARK: Opening

    /// The same logs from their end, with what has changed of the query.
    mutating func reopen(_ change: (inout LogQuery) -> Void = { _ in }) -> [Effect] {
        var query = logs.query
        change(&query)
        logs.restart(query)
        return openNewest(isDelayed: false)
    }

    mutating func openNewest(isDelayed: Bool) -> [Effect] {
        guard !logs.query.sources.isEmpty else { return Self.endedLogs }
        logs.isLive = true
        logs.awaitsFirst = true
        logs.window.reachesEnd = true
        var effects = Self.endedLogs.dropFirst() + [request(.newest(count: LogState.pageLines), isDelayed: isDelayed)]
        effects += countMatches()
        return Array(effects)
    }

    /// Goes on behind the last lines that are here.
    mutating func resumeLog() -> [Effect] {
        guard let last = logs.window.last else { return reopen() }
        logs.window.reachesEnd = true
        logs.isLive = true
        let places = logs.query.sources.indices.map { logs.window.last(of: $0)?.place }
        return [request(.following(places, since: last))]
    }

    func request(_ part: LogRequest.Part, isDelayed: Bool = false) -> Effect {
        .errand(
            .logs,
            LogRequest(generation: logs.generation, query: logs.query, part: part, isDelayed: isDelayed))
    }

    /// Where to read on from the window, log by log.
    func cursors(_ direction: Int) -> [LogPageRequest.Cursor] {
        logs.query.sources.indices.map { source in
            if direction < 0 {
                if let line = logs.window.first(of: source) { return .before(line.place) }
                return logs.window.first.map { .earlier($0) } ?? .end
            }
            if let line = logs.window.last(of: source) { return .after(line.place) }
            return logs.window.last.map { .from($0) } ?? .beginning
        }
    }

    mutating func logToBeginning() -> [Effect] {
        logs.isFollowing = false
        logs.cursor = nil
        guard !logs.window.reachesStart, !logs.query.sources.isEmpty else {
            logs.top = 0
            logs.topRow = 0
            return []
        }
        logs.restart(logs.query)
        logs.isFollowing = false
        logs.window.reachesStart = true
        return [.endErrand(.logs, slot: LogRequest.Part.Slot.live.rawValue)]
            + want(.beginning(count: LogState.pageLines)) + countMatches()
    }

    /// Asks for something that the person waits for.
    mutating func want(_ part: LogRequest.Part) -> [Effect] {
        logs.pending = part
        logs.progress = nil
        return [request(part)]
    }

    /// Asks for the page that the view comes close to.
    mutating func wantPages() -> [Effect] {
        guard logs.pending == nil, !logs.isFollowing, !logs.window.lines.isEmpty else { return [] }
        let margin = 300
        if !logs.window.reachesStart, logs.top < margin {
            let cursors = cursors(-1)
            return want(.older(cursors, count: LogState.pageLines))
        }
        if !logs.window.reachesEnd, logs.top > logs.window.lines.count - margin {
            let cursors = cursors(1)
            return want(.newer(cursors, count: LogState.pageLines))
        }
        return []
    }

    /// Shows the lines around a moment.
    mutating func logTo(_ time: Timestamp) -> [Effect] {
        let lines = logs.window.lines
        if let first = logs.window.first, first <= time || logs.window.reachesStart,
            let last = logs.window.last, time <= last || logs.window.reachesEnd, !lines.isEmpty
        {
            showLine(lines.firstIndex { $0.time >= time } ?? lines.count - 1)
            return wantPages()
        }
        return want(.around(time, count: LogState.pageLines))
    }
}

extension LogRange {
    var isCleared: Bool { if case .cleared = self { true } else { false } }
}
