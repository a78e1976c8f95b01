import Engine
import Terminal

extension Pane {
    static let events = Pane("events")
}

extension ViewName {
    static let events = ViewName("events")
}

extension KeyContext {
    static let events = KeyContext("events", "Events")
}

extension Action {
    static let events = Action("events")
    static let eventsType = Action("events-type")
    static let eventsOlder = Action("events-older")
    static let eventsCopy = Action("events-copy")
}

/// What the events know.
struct EventsState: PaneState {
    var log = EventLog()
    /// When the dashboard began to listen.
    var listeningSince: Timestamp?
    /// How far back older ones were read; `nil` before that.
    var reach: Reach?
    var isReading = false
    var failure: EngineError?

    init() {}

    /// How far back.
    enum Reach: Sendable, Hashable, CaseIterable {
        case hour, quarter, day, week, all

        var seconds: Int64? {
            switch self {
            case .hour: 3600
            case .quarter: 6 * 3600
            case .day: 86_400
            case .week: 7 * 86_400
            case .all: nil
            }
        }

        var phrase: String {
            switch self {
            case .hour: words("the last hour")
            case .quarter: words("6 hours")
            case .day: words("a day")
            case .week: words("a week")
            case .all: words("all that is kept")
            }
        }

        /// Further back; `nil` when there is nothing further.
        var further: Reach? {
            let all = Self.allCases
            return all.firstIndex(of: self).flatMap { all.indices.contains($0 + 1) ? all[$0 + 1] : nil }
        }
    }
}

/// Reads events that happened before the dashboard listened.
struct ReadEvents: Errand {
    var since: Timestamp
    var until: Timestamp
    var slot: String? { "older" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let found = await services.result {
            let reader = try await services.engine.events(since: since, until: until)
            var events: [Event] = []
            while let more = try await reader.next() {
                events += more
                // However many are kept: only the newest are of interest.
                if events.count > 2 * EventLog.limit { events.removeFirst(events.count - EventLog.limit) }
                if Task.isCancelled { break }
            }
            return Array(events.suffix(EventLog.limit))
        }
        await answer(EventsAnswer(result: found))
    }
}

struct EventsAnswer: Sendable {
    var result: Result<[Event], EngineError>
}

/// All that happens in the engine, as it happens.
enum EventsPane: PaneKind {
    typealias State = EventsState

    static let pane = Pane.events
    static let title = "Events"
    static let contexts: [KeyContext] = [.events, .everywhere]
    static let views = [ViewDefinition(.events, "Events", tab: .overview, .events)]
    static let opening = [KeyBinding(.events, .everywhere, ["9"], "events: what has happened")]
    static let bindings = [
        KeyBinding(.eventsType, .events, ["t"], "one kind alone: containers, images, … and all again", hint: "kind"),
        KeyBinding(.eventsOlder, .events, ["o"], "older events: an hour, 6 hours, a day, a week, all", hint: "older"),
        KeyBinding(.eventsCopy, .events, ["c"], "copy the event", hint: "copy"),
    ]
    static let menu: [Action] = [.open, .filter, .eventsType, .eventsOlder, .eventsCopy]

    /// Rows below the list that tell all about the chosen one.
    private static func parts(_ rect: Rect) -> (list: Rect, facts: Rect) {
        let inside = rect.inset(horizontal: 1, vertical: 1)
        guard inside.height >= 14 else { return (inside, .zero) }
        let (list, facts) = inside.splitBottom(5)
        return (list, facts)
    }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state[EventsPane.self]
        let log = own.log
        var trailing: [Span] = []
        if own.isReading { trailing.append(Span("\(words("reading")) ", look[.info])) }
        if let type = log.onlyType { trailing.append(Span("\(type.rawValue)s ", look[.tertiary])) }
        let count =
            log.filter.isEmpty && log.onlyType == nil
            ? "\(log.all.count)" : words("\(log.shown.count) of \(log.all.count)")
        trailing.append(Span(count, look[.muted]))
        if log.isFollowing { trailing.append(Span(" \(words("following"))", look[.ok])) }
        let reach = own.reach.map { ", \($0.phrase)" } ?? ""
        _ = frame.pane(
            rect, title: [Span(words("Events"), look[.title]), Span(reach, look[.faint])], trailing: trailing,
            isFocused: state.focus == pane, look: look)
        let (list, facts) = parts(rect)
        guard !log.shown.isEmpty else {
            let phrases =
                own.failure.map { ["\($0)"] }
                ?? (log.all.isEmpty
                    ? [words("nothing has happened"), words("o looks further back")]
                    : [words("no event fits"), words("Esc takes the filter back")])
            frame.emptiness(phrases, in: list, seed: 6, now: state.now, look: look)
            return
        }
        RowList(
            pane: pane, count: log.shown.count, index: log.index, scroll: log.scroll, isFocused: state.focus == pane
        ).draw(in: list, &frame, look) { place, width in
            line(log.all[log.shown[place]], width, state, look)
        }
        if !facts.isEmpty, let event = log.selected { draw(event, in: facts, &frame, look) }
    }

    private static func line(_ event: Event, _ width: Int, _ state: DashboardState, _ look: Look) -> [Span] {
        let isToday = Format.age(of: event.time, now: state.now) < 86_400
        let clock = Format.clock(event.time, offset: state.utcOffset)
        let time = isToday ? clock : String(event.time.rfc3339.dropFirst(5).prefix(5)) + " " + clock
        let type = event.type.rawValue
        var spans = [Span(RowList.cell(time, 15), look[.timestamp])]
        if width >= 60 { spans.append(Span(RowList.cell(type, 10), look[.muted])) }
        spans.append(Span(RowList.cell(event.action, 17) + " ", style(of: event, look)))
        spans.append(Span(RowList.cell(event.who, max(12, min(28, width / 4))) + " ", look[.accent]))
        spans.append(Span(event.remark, look[.muted]))
        return spans
    }

    private static func style(of event: Event, _ look: Look) -> Style {
        switch event.action {
        case "start", "unpause", "create", "pull", "load", "build", "health_status: healthy": return look[.ok]
        case "oom", "health_status: unhealthy": return look[.error]
        case "die": return look[event.attributes["exitCode"] == "0" ? .text : .error]
        case "kill", "stop", "destroy", "delete", "remove": return look[.warning]
        default: return look[.text]
        }
    }

    private static func draw(_ event: Event, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let row = rect.row(0)
        for x in row.x..<row.right {
            frame.canvas.set(look.glyphs.horizontal, at: Point(x: x, y: row.y), style: look[.border])
        }
        var facts = [("id", event.actorID), ("time", event.time.rfc3339)]
        facts += event.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var (x, y) = (rect.x + 1, rect.y + 1)
        for (key, value) in facts {
            let width = SafeText.width(key) + SafeText.width(value) + 3
            if x > rect.x + 1, x + width > rect.right { (x, y) = (rect.x + 1, y + 1) }
            guard y < rect.bottom else { return }
            x += frame.canvas.put(
                [Span("\(key)=", look[.secondary]), Span(value, look[.text]), Span("  ")], at: Point(x: x, y: y),
                maxWidth: max(0, rect.right - x))
        }
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, parts(rect).list.height) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (0, state[EventsPane.self].log.filter)
    }

    static func found(_ state: DashboardState) -> String {
        let log = state[EventsPane.self].log
        return words("\(log.shown.count) of \(log.all.count)")
    }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .events {
            state.open(.events)
            return []
        }
        guard state.focus == pane else { return nil }
        switch action {
        case .eventsType: state[EventsPane.self].log.stepType()
        case .eventsOlder: return readOlder(&state)
        case .eventsCopy:
            guard let event = state[EventsPane.self].log.selected else { return [] }
            let attributes = event.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return state.copy(
                "\(event.time.rfc3339) \(event.type.rawValue) \(event.action) \(event.actorID) "
                    + "(\(attributes.joined(separator: ", ")))")
        default: return nil
        }
        return []
    }

    private static func readOlder(_ state: inout DashboardState) -> [Effect] {
        let own = state[EventsPane.self]
        guard let next = own.reach.map({ $0.further }) ?? .hour else {
            state.tell(.information, words("these are all that the engine keeps"))
            return []
        }
        let until = own.listeningSince ?? state.now
        let since = next.seconds.map { Timestamp(seconds: max(0, until.seconds - $0)) } ?? Timestamp(seconds: 0)
        state[EventsPane.self].reach = next
        state[EventsPane.self].isReading = true
        return [.errand(pane, ReadEvents(since: since, until: until))]
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[EventsPane.self].log.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state[EventsPane.self].log.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(pane, "filter", words("filter"), text: state[EventsPane.self].log.filter, isLive: true)
        return []
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        state[EventsPane.self].log.setFilter(text)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard !state[EventsPane.self].log.filter.isEmpty else { return false }
        state[EventsPane.self].log.setFilter("")
        return true
    }

    /// Leads to whom it happened to.
    static func open(_ state: inout DashboardState) -> [Effect] {
        guard let event = state[EventsPane.self].log.selected else { return [] }
        switch event.type {
        case .container:
            let id = ContainerID(rawValue: event.actorID)
            guard state.list.byID[id] != nil else { return gone(event, &state) }
            state.list.reveal(id)
            state.open(.containers)
        case .image:
            guard
                let image = state.imageList.all.first(where: {
                    $0.id.rawValue == event.actorID || $0.tags.contains(event.who)
                })
            else { return gone(event, &state) }
            state.imageList.select(image.id)
            state.open(.images)
        case .network:
            guard state.networks.all.contains(where: { $0.id.rawValue == event.actorID }) || !state.networks.isLoaded
            else {
                return gone(event, &state)
            }
            state.networks.select(NetworkID(rawValue: event.actorID))
            state.open(.networks)
        case .volume:
            state.volumes.select(event.actorID)
            state.open(.volumes)
        case .builder: state.open(.build)
        }
        return []
    }

    private static func gone(_ event: Event, _ state: inout DashboardState) -> [Effect] {
        state.tell(.information, words("\(event.who) is not here any more"))
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[EventsPane.self].log.select(place)
        return isDouble ? open(&state) : []
    }

    // MARK: What comes

    static func notice(_ events: [Event], _ state: inout DashboardState) {
        state[EventsPane.self].log.append(events)
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? EventsAnswer else { return [] }
        state[EventsPane.self].isReading = false
        switch answer.result {
        case .success(let events):
            state[EventsPane.self].failure = nil
            state[EventsPane.self].log.prepend(events)
        case .failure(let error): state[EventsPane.self].failure = error
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        if state[EventsPane.self].listeningSince == nil { state[EventsPane.self].listeningSince = state.now }
        guard let rect else { return [] }
        state[EventsPane.self].log.keepVisible(height(state, rect))
        return state[EventsPane.self].reach == nil ? readOlder(&state) : []
    }
}
