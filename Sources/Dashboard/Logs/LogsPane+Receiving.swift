import Engine
import Terminal

extension DashboardState {
    mutating func receive(_ answer: LogAnswer) -> [Effect] {
        guard answer.generation == logs.generation else { return [] }
        let isAwaited = logs.pending == answer.part
        switch answer.content {
        case .progress(let fraction):
            if isAwaited || logs.awaitsFirst { logs.progress = fraction }
            return []
        case .newest(let lines, let isWhole):
            logs.awaitsFirst = false
            logs.progress = nil
            logs.window.prepend(lines, isWhole: isWhole)
            // What was searched is looked for in what has come, when the person is still about it.
            guard logs.search?.direction != 0 else { return [] }
            return find(from: lastVisibleLine, direction: -1) + takeQueuedSteps()
        case .live(let lines): return appendLive(lines)
        case .ended(let source):
            guard logs.query.sources.indices.contains(source) else { return [] }
            logs.ended[source] = list.byID[logs.query.sources[source].id]?.state.startedAt
            return []
        case .counted(let total, let exhausted):
            logs.search?.total = total
            logs.search?.exhausted = exhausted
            logs.search?.isCounting = false
            return rankHit()
        case .ranked(let rank):
            logs.search?.rank = rank
            return []
        case .starts(let starts): return receive(starts)
        default: break
        }
        guard isAwaited || answer.part.slot == .live else { return [] }
        if isAwaited {
            logs.pending = nil
            logs.progress = nil
        }
        switch answer.content {
        case .page(let lines, let isLast): return take(lines, isLast: isLast, answer.part)
        case .around(let lines, let index, let isStart, let isEnd):
            return show(lines, index, isStart: isStart, isEnd: isEnd, answer.part)
        case .notFound: notFound()
        case .failed(let error):
            logs.search?.direction = 0
            logs.search?.forgetSteps()
            guard answer.part.slot != .count, answer.part.slot != .rank else { return [] }
            logs.failure = "\(error)"
            logs.awaitsFirst = false
            logs.isLive = false
        default: break
        }
        return []
    }

    private mutating func appendLive(_ lines: [LogWindow.Line]) -> [Effect] {
        guard logs.window.reachesEnd else { return [] }
        // Who reads further up keeps what they read: new lines wait on disk until they are wanted.
        if !logs.isFollowing, logs.window.lines.count + lines.count > logs.window.bounds.lines {
            logs.window.reachesEnd = false
            logs.isLive = false
            return [.endErrand(.logs, slot: LogRequest.Part.Slot.live.rawValue)]
        }
        if let search = logs.search, let total = search.total {
            logs.search?.total = total + lines.reduce(0) { $0 + (search.matches($1) ? 1 : 0) }
        }
        let (dropped, first) = logs.window.append(lines)
        // Lines of another log may come before the one that is read.
        if !logs.isFollowing, first <= logs.top, first < logs.window.lines.count - lines.count {
            logs.top += lines.count
        }
        shift(by: -dropped)
        return []
    }

    private mutating func take(_ lines: [LogWindow.Line], isLast: Bool, _ part: LogRequest.Part) -> [Effect] {
        switch part {
        case .older:
            let wasLive = logs.window.reachesEnd
            logs.window.prepend(lines, isWhole: isLast)
            shift(by: lines.count)
            guard wasLive, !logs.window.reachesEnd else { return [] }
            logs.isLive = false
            return [.endErrand(.logs, slot: LogRequest.Part.Slot.live.rawValue)]
        case .beginning, .newer:
            shift(by: -logs.window.append(lines).dropped)
            guard isLast else { return [] }
            if logs.run != nil || logs.query.until != nil {
                logs.window.reachesEnd = true
                return []
            }
            return resumeLog()
        default: return []
        }
    }

    /// The window becomes what stands around a line.
    private mutating func show(
        _ lines: [LogWindow.Line], _ index: Int, isStart: Bool, isEnd: Bool, _ part: LogRequest.Part
    ) -> [Effect] {
        guard !lines.isEmpty else {
            tell(.information, words("no line is there"))
            return []
        }
        let index = min(index, lines.count - 1)
        var window = LogWindow(bounds: logs.window.bounds)
        window.prepend(lines, isWhole: isStart)
        logs.window = window
        logs.ended = [:]
        logs.isLive = false
        var effects: [Effect] = [.endErrand(.logs, slot: LogRequest.Part.Slot.live.rawValue)]
        showLine(index)
        if part.slot == .find {
            logs.search?.direction = 0
            effects += hit(index)
        }
        if isEnd, logs.query.until == nil { effects += resumeLog() } else if isEnd { logs.window.reachesEnd = true }
        if part.slot == .find { effects += takeQueuedSteps() }
        return effects
    }

    mutating func shift(by lines: Int) {
        guard lines != 0, !logs.isFollowing else { return }
        logs.top = max(0, logs.top + lines)
    }

    // MARK: Runs

    private mutating func receive(_ starts: [Timestamp]) -> [Effect] {
        logs.pending = nil
        logs.runStarts = starts
        guard starts.count > 1 else {
            tell(.information, words("no run before this one is known"))
            return []
        }
        return showRun((logs.run ?? 0) + 1)
    }

    /// One run further back at each press, and then all of them again.
    mutating func previousRun() -> [Effect] {
        guard logs.query.sources.count == 1 else {
            tell(.information, words("previous runs are shown for one container"))
            return []
        }
        if logs.run != nil { return showRun((logs.run ?? 0) + 1) }
        return want(.starts)
    }

    private mutating func showRun(_ run: Int) -> [Effect] {
        let starts = logs.runStarts
        guard run < starts.count else {
            logs.run = nil
            tell(.information, words("there is no run before that one: all runs again"))
            return reopen { query in
                query.since = nil
                query.until = nil
            }
        }
        logs.run = run
        logs.range = .all
        let begin = starts[starts.count - 1 - run]
        let end = starts[starts.count - run]
        tell(
            .information,
            words(
                "run of \(LogTime.parts(begin, logs.zone ?? utcOffset).clock) to \(LogTime.parts(end, logs.zone ?? utcOffset).clock)"
            )
        )
        return reopen { query in
            // What was written before the first start that is known belongs to nothing else.
            query.since = run == starts.count - 1 ? nil : begin
            query.until = Timestamp(nanoseconds: end.nanoseconds.subtractingClamped(1))
        }
    }
}
