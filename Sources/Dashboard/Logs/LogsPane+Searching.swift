import Engine
import Search
import Terminal

extension DashboardState {
    /// Looks for a pattern, with each letter that is typed; nothing ends the search.
    mutating func search(_ text: String) -> [Effect] {
        let pattern = SearchPattern(text)
        guard !pattern.text.isEmpty else { return endSearch() }
        do throws(PatternError) { logs.search = try LogSearch(pattern) } catch {
            // The line in which it is typed tells.
            return endSearch()
        }
        return find(from: lastVisibleLine, direction: -1) + countMatches()
    }

    mutating func endSearch() -> [Effect] {
        logs.search = nil
        if logs.pending?.slot == .find { logs.pending = nil }
        return [LogRequest.Part.Slot.find, .count, .rank].map { .endErrand(.logs, slot: $0.rawValue) }
    }

    /// From match to match; `direction` -1 is towards older lines.
    mutating func findAgain(_ direction: Int) -> [Effect] {
        guard let search = logs.search else {
            tell(.information, words("nothing is searched: / in the log begins"))
            return []
        }
        guard !isSearching else {
            logs.search?.queue(direction)
            let steps = logs.search?.steps ?? 0
            tell(
                .information,
                steps == 0
                    ? words("searching")
                    : steps < 0
                        ? steps == -1
                            ? words("searching, then 1 match further up")
                            : words("searching, then \(-steps) matches further up")
                        : steps == 1
                            ? words("searching, then 1 match further down")
                            : words("searching, then \(steps) matches further down"))
            return []
        }
        let hit = search.hit.flatMap { logs.window.index(of: $0) }
        return find(from: hit.map { $0 + direction } ?? lastVisibleLine, direction: direction)
    }

    /// It is being looked for in what is not in memory.
    private var isSearching: Bool {
        logs.pending?.slot == .find || logs.awaitsFirst && (logs.search?.direction ?? 0) != 0
    }

    /// Goes on by the steps that were asked for while it was looked for.
    mutating func takeQueuedSteps() -> [Effect] {
        var effects: [Effect] = []
        while let steps = logs.search?.steps, steps != 0, !isSearching {
            logs.search?.queue(-steps.signum())
            effects += findAgain(steps.signum())
        }
        return effects
    }

    var lastVisibleLine: Int {
        let lines = logs.window.lines
        guard !logs.isFollowing, let rect = layout.rect(of: .logs) else { return lines.count - 1 }
        let start = LogGeometry.Position(line: logs.top, row: logs.topRow)
        return LogGeometry(logs, in: rect).lastVisible(from: start, lines)
    }

    mutating func find(from start: Int, direction: Int) -> [Effect] {
        guard let search = logs.search else { return [] }
        let lines = logs.window.lines
        let (found, stopped) = search.next(in: lines, from: start, direction: direction)
        if let found {
            logs.search?.direction = 0
            showLine(found)
            return hit(found, step: direction)
        }
        logs.search?.direction = direction
        if logs.awaitsFirst { return [] }
        let isComplete = direction < 0 ? logs.window.reachesStart : logs.window.reachesEnd
        guard stopped != nil || !isComplete, !logs.query.sources.isEmpty else {
            notFound()
            return []
        }
        let cursors = findCursors(from: stopped, direction)
        return want(.find(search.pattern, cursors, direction: direction, count: LogState.pageLines))
    }

    /// Where looking goes on: at the window's end, or within it where it was left off.
    private func findCursors(from stopped: Int?, _ direction: Int) -> [LogPageRequest.Cursor] {
        let lines = logs.window.lines
        guard let stopped, lines.indices.contains(stopped) else { return cursors(direction) }
        return logs.query.sources.indices.map { source in
            if direction < 0 {
                if let line = lines[...stopped].last(where: { $0.source == source }) {
                    // The line itself was not looked at.
                    return .before(LogPlace(part: line.place.part, offset: line.place.offset + 1))
                }
                return .earlier(lines[stopped].time)
            }
            if let line = lines[..<stopped].last(where: { $0.source == source }) { return .after(line.place) }
            return .from(lines[stopped].time)
        }
    }

    /// A line is the present match; stepping from one to the next its number is known.
    mutating func hit(_ index: Int, step: Int = 0) -> [Effect] {
        guard logs.window.lines.indices.contains(index) else { return [] }
        let isNext = logs.search?.hit != nil && step != 0
        let key = logs.window.lines[index].key
        logs.search?.hit = key
        if isNext, let rank = logs.search?.rank {
            logs.search?.rank = rank + step
            return []
        }
        logs.search?.rank = nil
        return rankHit()
    }

    mutating func rankHit() -> [Effect] {
        guard let search = logs.search, search.total != nil, search.rank == nil, let hit = search.hit,
            let index = logs.window.index(of: hit)
        else { return [] }
        return [request(.rank(search.pattern, hit, logs.window.lines[index].time))]
    }

    mutating func countMatches() -> [Effect] {
        guard let search = logs.search, !logs.query.sources.isEmpty else { return [] }
        logs.search?.isCounting = true
        logs.search?.total = nil
        return [request(.count(search.pattern))]
    }

    mutating func notFound() {
        guard let search = logs.search else { return }
        let direction = search.direction
        logs.search?.direction = 0
        logs.search?.forgetSteps()
        let wanted = search.pattern.typed
        let answer =
            search.hit == nil
            ? words("'\(wanted)' is not in the log")
            : direction < 0 ? words("'\(wanted)' is not further up") : words("'\(wanted)' is not further down")
        tell(.information, answer)
    }

    // MARK: Showing only some lines

    mutating func filterLog(_ text: String) -> [Effect] {
        let pattern = LogPattern(text)
        do throws(PatternError) { _ = try pattern?.condition() } catch {
            tell(.failure, words("no lines are chosen by '\(text)': \(error)"))
            return []
        }
        guard pattern != logs.query.filter else { return [] }
        return reopen { $0.filter = pattern }
    }
}
