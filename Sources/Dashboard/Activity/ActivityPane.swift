import Engine
import Terminal

/// What was done from here: when, to what, with which outcome, and how the command line says it.
enum ActivityPane: PaneKind {
    struct State: PaneState {
        /// Counted from the newest.
        var index = 0
        var scroll = 0
    }

    static let pane = Pane.activity
    static let title = "Activity"
    static let contexts: [KeyContext] = [.activity, .everywhere]
    static let views = [ViewDefinition(.activity, "Activity", tab: .overview, .activity)]
    static let opening = [KeyBinding(.activity, .everywhere, ["H"], "what was done from here, and what is under way")]
    static let bindings = [
        KeyBinding(.activityCancel, .activity, ["ctrl-x", "ctrl-k"], "cancel what is under way", hint: "cancel")
    ]
    static let menu: [Action] = [.copy, .activityCancel, .dump]

    /// The newest first.
    private static func entries(_ state: DashboardState) -> [ActivityEntry] { state.activity.entries.reversed() }

    private static func chosen(_ state: DashboardState) -> ActivityEntry? {
        let entries = entries(state)
        let index = state[Self.self].index
        return entries.indices.contains(index) ? entries[index] : nil
    }

    static func subject(_ state: DashboardState) -> String {
        chosen(state).map { "\(words(for: $0.deed)) \($0.target)" } ?? title
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .activity:
            if state.view == .activity { state.back() } else { state.open(.activity) }
            return []
        case .activityCancel:
            guard state.focus == pane else { return nil }
            return cancel(&state)
        default: return nil
        }
    }

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard action == .activityCancel else { return nil }
        guard let entry = chosen(state) else { return words("nothing was done yet") }
        return entry.outcome == .running ? nil : words("it is over")
    }

    /// Transfers, builds and operations can be called back; what the engine has done by then stays done.
    private static func cancel(_ state: inout DashboardState) -> [Effect] {
        guard let entry = chosen(state), entry.outcome == .running else {
            state.tell(.information, words("only what is under way can be cancelled"))
            return []
        }
        if entry.deed == "build", let build = state.builds.running { return state.stopBuild(build.id) }
        if let transfer = state.transfers.running.first(where: {
            $0.request.verb == entry.deed && $0.request.reference == entry.target
        }) {
            state.transfers.change(transfer.id) { $0.phase = .stopping }
            return [.stopTransfer(transfer.id)]
        }
        if let copy = state[BrowserPane.self].copying, copy.deed.verb == entry.deed, copy.deed.target == entry.target {
            return BrowserPane.stopCopy(&state)
        }
        state.tell(.information, words("stopped waiting for: \(words(for: entry.deed)) \(entry.target)"))
        state.activity.end(entry.id, failure: "cancelled; what was done by then stays", at: state.now)
        return [.cancel(entry.deed, entry.target)]
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, parts(rect).list.height - 3) }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let count = state.activity.entries.count
        state[Self.self].index = max(0, min(ScrollMath.moved(state[Self.self].index, by: step), count - 1))
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        move(edge == .top ? -.max / 2 : .max / 2, &state)
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        if case .place(let index) = spot { state[Self.self].index = index }
        return []
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let entry = chosen(state) else { return [] }
        let all = state.activity.entries.map(\.command).joined(separator: "\n")
        return [
            Copyable(words("command"), entry.command), Copyable(words("outcome"), entry.outcomeText),
            Copyable(words("all commands"), all),
        ]
    }

    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])? {
        let rows = state.activity.entries.map { entry in
            [
                entry.began.rfc3339, entry.deed, entry.target, entry.outcomeText,
                String(entry.seconds(at: state.now)), entry.command,
            ]
        }
        return (["TIME", "DEED", "TARGET", "OUTCOME", "SECONDS", "COMMAND"], rows)
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let entry = chosen(state) else { return Sentence(words("nothing was done from here yet")) }
        let deed = words(for: entry.deed)
        return Sentence(
            words("\(deed) \(entry.target): \(entry.outcomeText); on the command line: \(entry.command)"),
            key: "\(entry.id) \(entry.outcome)")
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        let count = state.activity.entries.count
        let index = min(state[Self.self].index, max(0, count - 1))
        let scroll = ScrollMath.keeping(index, in: height(state, rect), of: count, scroll: state[Self.self].scroll)
        state[Self.self] = State(index: index, scroll: scroll)
        return []
    }

    /// The list, and below it what the chosen one is on the command line.
    private static func parts(_ rect: Rect) -> (list: Rect, details: Rect) {
        guard rect.height >= 12 else { return (rect, Rect(x: rect.x, y: rect.bottom, width: 0, height: 0)) }
        let (list, details) = rect.splitBottom(5)
        return (list, details)
    }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let (list, details) = parts(rect)
        let entries = entries(state)
        let own = state[Self.self]
        let inside = frame.pane(
            list, title: [Span(words("Activity"), look[.title]), Span(" \(entries.count)", look[.muted])],
            isFocused: state.focus == pane, look: look)
        guard !entries.isEmpty else {
            frame.emptiness(
                [words("nothing was done from here yet"), words("what you do appears here with its command line")],
                in: inside,
                seed: 11,
                now: state.now, look: look)
            return
        }
        let columns = [
            TableColumn("time", title: words("TIME"), minimum: 8),
            TableColumn("deed", title: words("DEED"), minimum: 7, ideal: 14),
            TableColumn("target", title: words("TARGET"), minimum: 10, ideal: 24, flex: 2),
            TableColumn("outcome", title: words("OUTCOME"), minimum: 8, ideal: 20, flex: 3),
            TableColumn("took", title: words("TOOK"), minimum: 6, alignment: .trailing, dispensability: 1),
        ]
        let table = Table(columns: columns, isFocused: state.focus == pane)
        let window = ListWindow(
            count: entries.count, selected: own.index, offset: own.scroll, height: Table.visibleRows(in: inside))
        let body = table.layout(in: inside, window: window).body
        table.draw(on: &frame.canvas, in: inside, look: look, window: window) { index in
            let entry = entries[index]
            return TableRow([
                "time": .text(Format.clock(entry.began, offset: state.utcOffset), look[.muted]),
                "deed": .text(words(for: entry.deed), look[.text]), "target": .text(entry.target, look[.secondary]),
                "outcome": .text(entry.outcomeText, look[entry.role]),
                "took": .text(took(entry, state.now), look[.muted]),
            ])
        }
        for line in 0..<body.height where entries.indices.contains(window.offset + line) {
            frame.hit(body.row(line), .spot(pane, .place(window.offset + line)))
        }
        guard !details.isEmpty, let entry = chosen(state) else { return }
        let room = frame.pane(
            details, title: [Span(words("On the command line"), look[.title])], isFocused: false, look: look)
        let lines = FooterBar.wrap(SafeText.string(entry.command), width: room.width - 2, limit: room.height)
        for (index, line) in lines.enumerated() {
            frame.canvas.put(
                line, at: Point(x: room.x + 1, y: room.y + index), style: look[.text], maxWidth: room.width - 2)
        }
    }

    private static func took(_ entry: ActivityEntry, _ now: Timestamp) -> String {
        let seconds = entry.seconds(at: now)
        // What goes on is counted by the second; tenths would only say when the clock was looked at.
        if seconds < 10, entry.outcome != .running { return "\(Double(Int(seconds * 10)) / 10) s" }
        return Format.compactDuration(seconds: Int64(seconds))
    }
}

extension ActivityEntry {
    var outcomeText: String {
        switch outcome {
        case .running: progress.isEmpty ? words("under way") : words("under way, \(progress)")
        case .done: words("done")
        case .failed(let why): why
        }
    }

    fileprivate var role: Role {
        switch outcome {
        case .running: .info
        case .done: .ok
        case .failed: .error
        }
    }
}

extension Pane {
    static let activity = Pane("activity")
}

extension ViewName {
    static let activity = ViewName("activity")
}

extension KeyContext {
    static let activity = KeyContext("activity", "What was done")
}

extension Action {
    static let activity = Action("activity")
    static let activityCancel = Action("activity-cancel")
}
