import Engine
import Terminal

/// The two rows at the top: views and clock, then the host.
enum HeaderBar {
    static func draw(_ state: DashboardState, _ layout: Layout, _ frame: inout Frame, _ look: Look) {
        drawTabs(state, layout.tabs, &frame, look)
        drawHost(state, layout.header, &frame, look)
        if !layout.pages.isEmpty { drawPages(state, layout.pages, &frame, look) }
    }

    /// The person's own tabs; the shown one is always among those that there is room for.
    private static func drawPages(_ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        let titles = state.pages.all.map { page in
            let text = SafeText.string(page.title)
            return SafeText.width(text) > 28 ? String(text.prefix(27)) + String(look.glyphs.ellipsis) : text
        }
        var first = 0
        func width(from start: Int) -> Int {
            titles[start...state.pages.index].reduce(0) { $0 + SafeText.width($1) + 3 }
        }
        while first < state.pages.index, width(from: first) > row.width - 2 { first += 1 }
        let room = Rect(x: row.x + 1, y: row.y, width: row.width - 1, height: 1)
        let places = Tabs(Array(titles[first...]), selected: state.pages.index - first)
            .draw(on: &frame.canvas, in: room, look: look)
        for (index, place) in places.enumerated() { frame.hit(place, .page(first + index)) }
    }

    private static func drawTabs(_ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        let clock = state.clock(state.now)
        let views = state.tabViews
        let chosen = views.firstIndex(of: state.view.tab) ?? 0
        func numbered(_ title: (ViewName) -> String) -> [String] {
            views.map { view in
                // The key that opens it, where that is a figure.
                guard let key = state.keys.key(for: Action(view.rawValue)), key.count == 1, key.first?.isNumber == true
                else {
                    return title(view)
                }
                return "\(key) \(title(view))"
            }
        }
        func width(_ titles: [String]) -> Int { titles.reduce(-1) { $0 + SafeText.width($1) + 3 } }
        let (long, short) = (numbered(\.title), numbered(\.shortTitle))
        let brand = 9
        let timed = clock.utf8.count + 2
        // Titles matter more than the time of day, and that more than the program's own name.
        let titles: [String]
        let indent: Int
        let hasClock: Bool
        if width(long) + brand <= row.width {
            (titles, indent, hasClock) = (long, brand, width(long) + brand + timed <= row.width)
        } else if width(short) + 1 <= row.width {
            let hasBrand = width(short) + brand <= row.width
            (titles, indent) = (short, hasBrand ? brand : 1)
            hasClock = width(short) + indent + timed <= row.width
        } else {
            titles = views.indices.map { $0 == chosen ? long[$0] : String(long[$0].prefix { $0 != " " }.prefix(3)) }
            (indent, hasClock) = (brand, width(titles) + brand + timed <= row.width)
        }
        if indent == brand { frame.canvas.put(" spyhop", at: row.origin, style: look[.accent]) }
        if hasClock {
            let place = Point(x: row.right - 1 - clock.utf8.count, y: row.y)
            frame.canvas.put(clock, at: place, style: look[.muted])
        }
        let room = Rect(x: row.x + indent, y: row.y, width: row.width - indent, height: 1)
        let places = Tabs(titles, selected: chosen).draw(on: &frame.canvas, in: room, look: look)
        for (view, place) in zip(views, places) { frame.hit(place, .tab(view)) }
    }

    private static func drawHost(_ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        var x = row.x + 1
        func put(_ text: String, _ style: Style, limit: Int = .max) {
            x += frame.canvas.put(
                text, at: Point(x: x, y: row.y), style: style, maxWidth: min(limit, row.right - x),
                ellipsis: look.glyphs.ellipsis)
        }
        func meter(_ fraction: Double, _ role: GradientRole, width: Int) {
            let place = Rect(x: x, y: row.y, width: width, height: 1)
            Meter(fraction, gradient: look.theme[role]).draw(on: &frame.canvas, in: place, look: look)
            x += width + 1
        }
        let bar = row.width >= 100 ? 12 : row.width >= 76 ? 6 : 0
        put(state.host.hostname, look[.secondary], limit: row.width >= 90 ? 24 : 12)
        put("  CPU ", look[.muted])
        if let usage = state.hostUsage {
            let share = usage.cpu / Double(max(1, state.host.cpuCount))
            if bar > 0 { meter(share / 100, .cpu, width: bar) }
            put(Format.percent(share), look[.text])
            if row.width >= 120 { put(" \(words("of \(Format.count(state.host.cpuCount, "core"))"))", look[.faint]) }
            put("  MEM ", look[.muted])
            let total = state.host.memoryTotal > 0 ? state.host.memoryTotal : usage.memoryLimit
            if bar > 0 { meter(total > 0 ? Double(usage.memory) / Double(total) : 0, .memory, width: bar) }
            put(Format.bytes(usage.memory), look[.text])
            if row.width >= 70 { put(" \(words("of \(Format.bytes(total))"))", look[.faint]) }
        } else {
            put("…", look[.faint])
        }
        if state.isReadOnly { put("  \(words("read-only"))", look[.warning]) }
        let running = state.list.runningCount
        put("  \(look.glyphs.dot)", look[running > 0 ? .running : .exited])
        put(words(" \(running)/\(state.list.all.count) running"), look[.text])
        if let first = state[EnginesPane.self].away.first {
            let more = state[EnginesPane.self].away.count - 1
            put("  \(words("\(first.name)\(more > 0 ? " +\(more)" : "") away"))", look[.error])
        }
        let room = Rect(x: x + 2, y: row.y, width: max(0, row.right - 1 - (x + 2)), height: 1)
        let afterAlerts = drawAlerts(state, room, &frame, look)
        let afterTransfers = drawTransfers(state, afterAlerts, isWide: row.width >= 90, &frame, look)
        let free = drawShells(state, drawBuild(state, afterTransfers, &frame, look), &frame, look)
        guard free == room, row.width >= 100 else { return }
        let right = words("\(engine(state)) \(look.glyphs.separator) cgroup \(state.host.cgroupMode)")
        let width = SafeText.width(right)
        if x + 2 + width < row.right {
            frame.canvas.put(right, at: Point(x: row.right - 1 - width, y: row.y), style: look[.faint])
        }
    }

    /// Whose things are shown.
    private static func engine(_ state: DashboardState) -> String {
        let engines = state[EnginesPane.self]
        if let chosen = engines.chosen { return chosen }
        let names = engines.statuses.map(\.name)
        return names.count > 1 ? names.joined(separator: "+") : state.engineName
    }

    /// What comes and goes, at the right end; answers the room that is left of it.
    private static func drawTransfers(
        _ state: DashboardState, _ room: Rect, isWide: Bool, _ frame: inout Frame, _ look: Look
    ) -> Rect {
        let running = state.transfers.running
        guard !running.isEmpty else { return room }
        var spans: [Span] = []
        for (isPull, sign) in [(true, look.glyphs.down), (false, look.glyphs.up)] {
            let some = running.filter { $0.request.kind.isPull == isPull }
            guard !some.isEmpty else { continue }
            let sum = some.reduce((done: 0.0, total: 0.0, rate: 0.0)) { sum, transfer in
                let (done, total) = transfer.report.bytes
                return (sum.done + Double(done), sum.total + Double(total), sum.rate + transfer.report.rate)
            }
            let share = sum.total > 0 ? " \(Format.percent(sum.done / sum.total * 100))" : ""
            let rate = isWide ? " \(Format.rate(sum.rate))/s" : ""
            let gap = spans.isEmpty ? "" : " "
            spans.append(Span("\(gap)\(sign)", look[.accent]))
            spans.append(Span("\(some.count)\(share)\(rate)", look[.info]))
        }
        return put(spans, .transfers, room, &frame)
    }

    /// How many alerts are raised.
    private static func drawAlerts(_ state: DashboardState, _ room: Rect, _ frame: inout Frame, _ look: Look) -> Rect {
        let count = state.alerts.book.raised.count
        guard count > 0 else { return room }
        let long = [Span("! \(Format.count(count, "alert"))", look[.error])]
        return put(long[0].width <= room.width ? long : [Span("!\(count)", look[.error])], .alerts, room, &frame)
    }

    /// A build that runs, or whose failed step waits for somebody.
    private static func drawBuild(_ state: DashboardState, _ room: Rect, _ frame: inout Frame, _ look: Look) -> Rect {
        if let build = state.builds.running {
            let (done, total) = build.progress
            let time = Format.compactDuration(seconds: build.seconds(at: state.now))
            let steps = total > 0 ? "\(done)/\(total)" : ""
            let label = Span("\(words("build")) ", look[.accent])
            let long = [label, Span(total > 0 ? "\(steps) \(time)" : time, look[.info])]
            let short = total > 0 ? [label, Span(steps, look[.info])] : [Span(words("build"), look[.accent])]
            let fits = long.reduce(0) { $0 + $1.width } <= room.width
            return put(fits ? long : short, .builds, room, &frame)
        }
        guard state.builds.held != nil else { return room }
        return put([Span(words("build failed"), look[.error])], .builds, room, &frame)
    }

    /// Shells that were left and live on.
    private static func drawShells(_ state: DashboardState, _ room: Rect, _ frame: inout Frame, _ look: Look) -> Rect {
        let live = state.shells.live
        guard !live.isEmpty, state.view != .shell else { return room }
        let hasNews = live.contains(where: \.hasNews)
        let phrases = live.count == 1 ? words("shell in \(live[0].name)") : Format.count(live.count, "shell")
        let key = state.keys.key(for: .shells).map { " \(KeyMap.display($0))" } ?? ""
        return put(
            [
                Span(phrases, look[hasNews ? .accent : .info]), Span(hasNews ? "*" : "", look[.accent]),
                Span(key, look[.key]),
            ],
            .shells, room, &frame)
    }

    /// Puts something at the right end where there is room for it; answers what is left.
    private static func put(_ spans: [Span], _ action: Action, _ room: Rect, _ frame: inout Frame) -> Rect {
        let width = spans.reduce(0) { $0 + $1.width }
        let place = Rect(x: room.right - width, y: room.y, width: width, height: 1)
        guard place.x >= room.x else { return Rect(x: room.x, y: room.y, width: 0, height: 1) }
        frame.canvas.put(spans, at: place.origin, maxWidth: width)
        frame.hit(place, .hint(action))
        return Rect(x: room.x, y: room.y, width: max(0, room.width - width - 2), height: 1)
    }
}
