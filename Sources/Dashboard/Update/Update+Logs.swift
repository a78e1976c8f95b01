import Engine
import Terminal

extension DashboardState {
    /// A log is open while it is on the screen.
    mutating func settleLog(isShown: Bool) -> [Effect] {
        guard isShown else {
            guard logs.window.reachesEnd else { return [] }
            logs.window.reachesEnd = false
            return [.closeLog]
        }
        if logs.container != list.selected {
            let isFirst = logs.container == nil
            logs.restart(list.selected)
            guard list.selected != nil else { return [.closeLog] }
            return openNewest(isDelayed: !isFirst)
        }
        guard logs.container != nil, logs.isFollowing, !logs.window.reachesEnd, logs.pending == nil, !logs.hasEnded,
            logs.failure == nil
        else { return [] }
        logs.restart(logs.container)
        return openNewest(isDelayed: false)
    }

    // MARK: Opening

    mutating func openNewest(isDelayed: Bool) -> [Effect] {
        guard let id = logs.container else { return [] }
        logs.window.reachesEnd = true
        return [request(.newest(tail: LogState.pageLines), id, isDelayed: isDelayed)]
    }

    /// Goes on behind the last line that is here.
    mutating func resumeLog() -> [Effect] {
        guard let id = logs.container else { return [] }
        guard let last = logs.window.last else {
            logs.restart(id)
            return openNewest(isDelayed: false)
        }
        logs.window.reachesEnd = true
        logs.awaitsOverlap = true
        return [request(.following(last), id)]
    }

    private func request(_ part: LogRequest.Part, _ id: ContainerID, isDelayed: Bool = false) -> Effect {
        .log(
            LogRequest(
                generation: logs.generation, container: id, part: part, since: logs.since, isDelayed: isDelayed))
    }

    mutating func logToBeginning() -> [Effect] {
        guard let id = logs.container else { return [] }
        logs.isFollowing = false
        if logs.window.reachesStart {
            logs.top = 0
            logs.topRow = 0
            return []
        }
        logs.restart(id)
        logs.isFollowing = false
        logs.window.reachesStart = true
        let part = LogRequest.Part.beginning(count: LogState.pageLines)
        logs.pending = part
        return [.closeLog, request(part, id)]
    }

    /// Asks for the page that the view comes close to.
    mutating func wantPages() -> [Effect] {
        guard let id = logs.container, logs.pending == nil, !logs.isFollowing || logs.searchDirection != 0,
            let first = logs.window.first, let last = logs.window.last
        else { return [] }
        let margin = 300
        if !logs.window.reachesStart, logs.top < margin || logs.searchDirection < 0 {
            let part = LogRequest.Part.before(first, count: LogState.pageLines)
            logs.pending = part
            return [request(part, id)]
        }
        if !logs.window.reachesEnd, logs.top > logs.window.lines.count - margin || logs.searchDirection > 0 {
            let part = LogRequest.Part.after(last, count: LogState.pageLines)
            logs.pending = part
            return [request(part, id)]
        }
        return []
    }

    // MARK: Receiving

    mutating func receive(_ message: LogMessage) -> [Effect] {
        guard message.generation == logs.generation else { return [] }
        switch message.content {
        case .lines(let lines): return appendLive(lines)
        case .page(let page): return prependPage(page, asked: message.part)
        case .forward(let page, let reachedEnd): return appendPage(page, reachedEnd: reachedEnd)
        case .ended: logs.hasEnded = true
        case .failed(let error):
            if logs.pending == message.part { logs.pending = nil }
            logs.failure = "\(error)"
            logs.searchDirection = 0
        }
        return []
    }

    private mutating func appendLive(_ lines: [LogLine]) -> [Effect] {
        guard logs.window.reachesEnd else { return [] }
        // Who reads further up keeps what they read: new lines wait on disk until they are wanted.
        if !logs.isFollowing, logs.window.lines.count + lines.count > logs.window.bounds.lines {
            logs.window.reachesEnd = false
            return [.closeLog]
        }
        let fresh = logs.awaitsOverlap ? logs.window.withoutKnown(lines) : lines
        logs.awaitsOverlap = false
        let dropped = logs.window.append(fresh)
        shift(by: -dropped)
        return []
    }

    private mutating func prependPage(_ page: [LogLine], asked part: LogRequest.Part) -> [Effect] {
        logs.pending = nil
        guard case .before(_, let count) = part else { return [] }
        let wasLive = logs.window.reachesEnd
        let added = logs.window.prepend(page, isWhole: page.count < count)
        if added == 0 { logs.window.reachesStart = true }
        shift(by: added)
        var effects: [Effect] = wasLive && !logs.window.reachesEnd ? [.closeLog] : []
        if logs.searchDirection < 0 {
            logs.searchDirection = 0
            effects += find(from: added - 1, direction: -1)
        }
        return effects
    }

    private mutating func appendPage(_ page: [LogLine], reachedEnd: Bool) -> [Effect] {
        logs.pending = nil
        let before = logs.window.lines.count
        let dropped = logs.window.append(logs.window.withoutKnown(page))
        shift(by: -dropped)
        var effects: [Effect] = []
        if reachedEnd { effects += resumeLog() }
        if logs.searchDirection > 0 {
            logs.searchDirection = 0
            effects += find(from: max(0, before - dropped), direction: 1)
        }
        return effects
    }

    private mutating func shift(by lines: Int) {
        guard lines != 0 else { return }
        if !logs.isFollowing { logs.top = max(0, logs.top + lines) }
        if let line = logs.search?.line {
            logs.search?.line = line + lines >= 0 ? line + lines : nil
        }
    }

    // MARK: Scrolling

    /// Moves the view by screen rows.
    mutating func scrollLog(_ step: Int) {
        guard let rect = layout.rect(of: .logs), !logs.window.lines.isEmpty else { return }
        let geometry = LogGeometry(logs, in: rect)
        let last = geometry.bottomPosition(logs.window.lines)
        if logs.isFollowing {
            guard step < 0 else { return }
            logs.top = last.line
            logs.topRow = last.row
            logs.isFollowing = false
        }
        let start = LogGeometry.Position(line: logs.top, row: logs.topRow)
        let position = geometry.moved(start, by: step, logs.window.lines)
        if position < last {
            logs.top = position.line
            logs.topRow = position.row
        } else {
            logs.top = last.line
            logs.topRow = last.row
            if step > 0, logs.window.reachesEnd { logs.isFollowing = true }
        }
    }

    // MARK: Keys of the log

    mutating func adjustLog(_ action: Action) -> [Effect]? {
        switch action {
        case .logFollow: toggleFollow()
        case .logTimestamps: logs.showsTime.toggle()
        case .logWrap:
            logs.wraps.toggle()
            logs.column = 0
            logs.topRow = 0
        case .logRangeAll: choose(.all)
        case .logRangeShorter: step(range: 1)
        case .logRangeLonger: step(range: -1)
        default: return nil
        }
        return []
    }

    private mutating func toggleFollow() {
        if logs.isFollowing, let rect = layout.rect(of: .logs) {
            let last = LogGeometry(logs, in: rect).bottomPosition(logs.window.lines)
            logs.top = last.line
            logs.topRow = last.row
            logs.isFollowing = false
        } else {
            logs.isFollowing = true
        }
    }

    /// From all over a day down to a minute, and back.
    private mutating func step(range direction: Int) {
        let ranges: [LogState.Range] = [.all, .day, .sixHours, .hour, .fifteenMinutes, .fiveMinutes, .minute]
        guard let index = ranges.firstIndex(of: logs.range) else { return }
        let other = ranges[min(max(0, index + direction), ranges.count - 1)]
        if other != logs.range { choose(other) }
    }

    private mutating func choose(_ range: LogState.Range) {
        logs.range = range
        logs.since = range == .all ? nil : now.advanced(by: .seconds(-range.rawValue))
        // The settling afterwards opens the log again.
        logs.restart(nil)
    }

    // MARK: Searching

    mutating func search(_ text: String) -> [Effect] {
        guard !text.isEmpty else {
            logs.search = nil
            logs.searchDirection = 0
            return []
        }
        logs.search = LogSearch(text: text, line: nil)
        return find(from: lastVisibleLine, direction: -1)
    }

    /// From match to match; `direction` -1 is towards older lines.
    mutating func findAgain(_ direction: Int) -> [Effect] {
        guard let search = logs.search else {
            tell(.information, "nothing is searched: / in the log begins")
            return []
        }
        return find(from: search.line.map { $0 + direction } ?? lastVisibleLine, direction: direction)
    }

    private var lastVisibleLine: Int {
        let count = logs.window.lines.count
        guard !logs.isFollowing, let rect = layout.rect(of: .logs) else { return count - 1 }
        return min(count - 1, logs.top + max(0, rect.height - 3))
    }

    private mutating func find(from start: Int, direction: Int) -> [Effect] {
        guard let search = logs.search else { return [] }
        if let line = search.next(in: logs.window.lines, from: start, direction: direction) {
            logs.search?.line = line
            showLine(line)
            return []
        }
        let isComplete = direction < 0 ? logs.window.reachesStart : logs.window.reachesEnd
        guard !isComplete, !logs.window.lines.isEmpty else {
            logs.searchDirection = 0
            let place = search.line == nil ? "in the log" : direction < 0 ? "further up" : "further down"
            tell(.information, "'\(search.text)' is not \(place)")
            return []
        }
        logs.searchDirection = direction
        return wantPages()
    }

    private mutating func showLine(_ line: Int) {
        let height = max(1, (layout.rect(of: .logs)?.height ?? 3) - 2)
        logs.isFollowing = false
        logs.top = max(0, line - height / 2)
        logs.topRow = 0
        guard let rect = layout.rect(of: .logs) else { return }
        let last = LogGeometry(logs, in: rect).bottomPosition(logs.window.lines)
        if LogGeometry.Position(line: logs.top, row: 0) > last {
            logs.top = last.line
            logs.topRow = last.row
        }
    }
}
