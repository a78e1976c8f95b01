import Engine
import Terminal

/// The containers' table.
enum ContainersPane {
    /// The columns, the most dispensable with the highest number; a wide table has room for the memory's limit.
    private static func columns(_ width: Int, _ rows: [Container]) -> [TableColumn] {
        func longest(_ texts: some Sequence<String>, atMost most: Int) -> Int {
            min(most, texts.reduce(0) { max($0, $1.utf8.count) })
        }
        let name = longest(rows.lazy.map(\.name), atMost: 30) + 2
        let image = longest(rows.lazy.map(\.image), atMost: 28)
        let ports = rows.lazy.filter { !$0.ports.isEmpty }.map { $0.portTexts(arrow: "-").joined(separator: " ") }
        // Where nothing is published there is nothing to show.
        let portColumn =
            ports.isEmpty
            ? []
            : [
                TableColumn(
                    "ports", title: "PORTS", minimum: 10, ideal: longest(ports, atMost: 24), flex: 1,
                    dispensability: 5)
            ]
        return [
            TableColumn("name", title: "  NAME", minimum: 16, ideal: name, flex: 3),
            TableColumn("image", title: "IMAGE", minimum: 12, ideal: image, flex: 2, dispensability: 6),
            TableColumn("state", title: "STATE", minimum: 10, ideal: 13, dispensability: 2),
            TableColumn("cpu", title: "CPU", minimum: 7, alignment: .trailing),
            TableColumn("trace", title: "", minimum: 8, ideal: 14, flex: 1, dispensability: 4),
            TableColumn(
                "memory", title: "MEMORY", minimum: width >= 76 ? 17 : 9, ideal: 19, alignment: .trailing,
                dispensability: 1),
            TableColumn("memoryPercent", title: "MEM%", minimum: 6, alignment: .trailing, dispensability: 10),
            TableColumn("receive", title: "NET IN", minimum: 7, alignment: .trailing, dispensability: 8),
            TableColumn("send", title: "NET OUT", minimum: 8, alignment: .trailing, dispensability: 8),
            TableColumn("read", title: "READ", minimum: 6, alignment: .trailing, dispensability: 9),
            TableColumn("write", title: "WRITE", minimum: 6, alignment: .trailing, dispensability: 9),
            TableColumn("pids", title: "PIDS", minimum: 5, alignment: .trailing, dispensability: 7),
            TableColumn("uptime", title: "UPTIME", minimum: 8, alignment: .trailing, dispensability: 3),
        ] + portColumn
    }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let list = state.list
        let isFocused = state.focus == .containers
        let isWhole = list.rows.count == list.all.count
        let count = isWhole ? "\(list.all.count)" : "\(list.rows.count) of \(list.all.count)"
        var trailing: [Span] = []
        if !list.filter.isEmpty { trailing = [Span("/\(list.filter.text)", look[.tertiary])] }
        let inside = frame.pane(
            rect, title: [Span("Containers ", look[.title]), Span(count, look[.muted])], trailing: trailing,
            isFocused: isFocused, look: look)
        if list.rows.isEmpty {
            drawEmpty(state, in: inside, &frame, look)
            return
        }
        let table = Table(
            columns: columns(inside.width, list.rows),
            sort: Table.Sort(column: list.sort.column.rawValue, ascending: list.sort.isAscending),
            isFocused: isFocused)
        let window = ListWindow(
            count: list.rows.count, selected: list.index, offset: list.scroll, height: Table.visibleRows(in: inside))
        let places = table.layout(in: inside, window: window)
        let widths = Dictionary(
            places.columns.map { ($0.column.id, $0.rect.width) }, uniquingKeysWith: { first, _ in first })
        table.draw(on: &frame.canvas, in: inside, look: look, window: window) { index in
            row(list.rows[index], state, widths, look)
        }
        for (column, place) in places.columns {
            guard let id = ContainerColumn(rawValue: column.id) else { continue }
            frame.hit(
                Rect(x: place.x, y: inside.y, width: place.width + 1, height: 1),
                .spot(.containers, .header(id.rawValue)))
        }
        for line in 0..<places.body.height where list.rows.indices.contains(window.offset + line) {
            frame.hit(places.body.row(line), .spot(.containers, .row(list.rows[window.offset + line].id.rawValue)))
        }
    }

    private static func row(
        _ container: Container, _ state: DashboardState, _ widths: [String: Int], _ look: Look
    ) -> TableRow {
        let usage = container.state.isAlive ? state.usage[container.id] : nil
        let quiet = container.state.isAlive ? look[.text] : look[.muted]
        var cells: [String: TableRow.Content] = [
            "name": .text([
                Span("\(glyph(container.state, look)) ", stateStyle(container, state, look)),
                Span(container.name, quiet),
            ]),
            "image": .text(container.image, look[.muted]),
            "state": .text(stateText(container, state, look), stateStyle(container, state, look)),
            "uptime": .text(uptime(container.state, now: state.now), look[container.state.isAlive ? .muted : .faint]),
            "ports": .text(
                container.portTexts(arrow: NetworkText.arrow(look)).joined(separator: " "), look[.secondary]),
        ]
        if let usage {
            cells.merge(figures(container, usage, widths, look)) { _, new in new }
        } else {
            let nothing = look.glyphs.isASCII ? "-" : "–"
            let gap = (widths["memory"] ?? 0) >= 17 ? String(repeating: " ", count: 10) : ""
            cells["cpu"] = .text(nothing, look[.faint])
            cells["memory"] = .text(nothing + gap, look[.faint])
        }
        if let width = widths["trace"], let trace = state.list.traces[container.id], container.state.isAlive {
            let kind = graphKind(state, look)
            cells["trace"] = .sparkline(
                Sparkline(
                    trace.last(Graph.capacity(width: width, kind: kind)), kind: kind,
                    scale: .automatic(minimum: 25), gradient: look.theme[.cpu]))
        }
        return TableRow(cells, isMarked: state.list.marks.contains(container.id))
    }

    private static func figures(
        _ container: Container, _ usage: Usage, _ widths: [String: Int], _ look: Look
    ) -> [String: TableRow.Content] {
        let cores = container.limits.nanoCPUs.map { max(0.01, Double($0) / 1e9) } ?? 1
        func heat(_ role: GradientRole, _ fraction: Double) -> Style {
            let color = look.theme[role].color(at: fraction)
            return color == .default ? look[.text] : Style(color)
        }
        var memory = [
            Span(
                Format.bytes(usage.memory),
                heat(.memory, usage.isMemoryLimited ? usage.memoryPercent / 100 : 0.2))
        ]
        if (widths["memory"] ?? 0) >= 17 {
            // Figures stand below each other, whether a limit follows or not.
            let limit = usage.isMemoryLimited ? " / \(Format.bytes(usage.memoryLimit))" : ""
            let gap = String(repeating: " ", count: max(0, 10 - limit.utf8.count))
            memory.append(Span(limit + gap, look[.faint]))
        }
        func rate(_ value: Double) -> TableRow.Content {
            .text(Format.rate(value), look[value >= 0.5 ? .text : .faint])
        }
        return [
            "cpu": .text(Format.percent(usage.cpu), heat(.cpu, usage.cpu / (100 * cores))),
            "memory": .text(memory),
            "memoryPercent": .text(Format.percent(usage.memoryPercent), look[.muted]),
            "receive": rate(usage.receiveRate), "send": rate(usage.sendRate),
            "read": rate(usage.readRate), "write": rate(usage.writeRate),
            "pids": .text("\(usage.pids)", look[.muted]),
        ]
    }

    static func graphKind(_ state: DashboardState, _ look: Look) -> GraphKind {
        if look.glyphs.isASCII { return .ascii }
        switch state.graphs.glyphStyle {
        case .blocks: return .block
        case .ascii: return .ascii
        case .braille, nil: return .braille
        }
    }

    static func glyph(_ state: ContainerState, _ look: Look) -> Unicode.Scalar {
        switch state {
        case .running: look.glyphs.dot
        case .paused: look.glyphs.pause
        case .restarting: look.glyphs.isASCII ? "r" : "↻"
        case .created, .exited: look.glyphs.ring
        case .dead: look.glyphs.isASCII ? "x" : "×"
        }
    }

    static func stateStyle(_ container: Container, _ state: DashboardState, _ look: Look) -> Style {
        if state.progress(of: container.id) != nil { return look[.warning] }
        switch container.state {
        case .running: return look[container.health == .unhealthy ? .dead : .running]
        case .paused: return look[.paused]
        case .restarting: return look[.restarting]
        case .created: return look[.created]
        case .exited(let exit): return look[exit.code == 0 ? .exited : .dead]
        case .dead: return look[.dead]
        }
    }

    static func stateText(_ container: Container, _ state: DashboardState, _ look: Look) -> String {
        if let progress = state.progress(of: container.id) { return progress + String(look.glyphs.ellipsis) }
        switch container.state {
        case .exited(let exit): return exit.oomKilled ? "oom-killed" : "exited (\(exit.code))"
        case .running: return container.health?.rawValue ?? container.state.name
        default: return container.state.name
        }
    }

    private static func uptime(_ state: ContainerState, now: Timestamp) -> String {
        if let exit = state.exit {
            return Format.compactDuration(seconds: Format.age(of: exit.finishedAt, now: now)) + " ago"
        }
        return state.startedAt.map { Format.compactDuration(seconds: Format.age(of: $0, now: now)) } ?? ""
    }

    private static func drawEmpty(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let list = state.list
        if let failure = list.failure {
            let words = ["the containers cannot be listed", failure]
            frame.emptiness(words, in: rect, seed: 2, now: state.now, look: look)
        } else if !list.isLoaded {
            frame.emptiness(["loading"], in: rect, seed: 2, now: state.now, look: look)
        } else if !list.all.isEmpty {
            let why = list.filter.isEmpty ? "nothing runs" : "no container matches \(list.filter.text)"
            let way = list.filter.isEmpty ? ". shows those that are stopped" : "Esc shows all"
            frame.emptiness([why, way], in: rect, seed: 2, now: state.now, look: look)
        } else {
            drawGreeting(state, in: rect, &frame, look)
        }
    }
    /// The whale of an empty sea, in the middle of what is there, and how to begin.
    private static func drawGreeting(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let tick = Frame.tick(state.now)
        let words = [
            [Span("nothing in sight yet", look[.title])], [],
            [Span("spyhop demo             ", look[.key]), Span("five containers worth watching", look[.muted])],
            [Span("spyhop run -it IMAGE sh ", look[.key]), Span("a first one of your own       ", look[.muted])],
        ]
        let height = Whale.size.height + 1 + words.count
        let room = rect.height > height ? rect.splitTop((rect.height - height) / 2).rest : rect
        let below = Whale(tick: tick).draw(on: &frame.canvas, in: room, look: look)
        let gap = below.height > words.count && below.y > room.y ? 1 : 0
        let shown = below.height >= words.count ? words : words.filter { !$0.isEmpty }
        for (index, line) in shown.enumerated() where index + gap < below.height {
            let width = line.reduce(0) { $0 + $1.width }
            let place = Point(x: rect.x + max(0, (rect.width - width) / 2), y: below.y + gap + index)
            frame.canvas.put(line, at: place, maxWidth: rect.width)
        }
        Bubbles(seed: 7, tick: tick).draw(on: &frame.canvas, in: rect, look: look)
    }
}
