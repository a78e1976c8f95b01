import Engine
import Terminal

/// What is known about the selected container, in tabs.
enum DetailsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let name = state.selected?.name ?? words("no container")
        let inside = frame.pane(
            rect, title: [Span("\(words("Details")) ", look[.title]), Span(name, look[.secondary])],
            trailing: remark(state, look), isFocused: state.focus == .details, look: look)
        guard state.selected != nil else {
            frame.emptiness(
                [words("no container is selected"), words("2 shows them all")], in: inside, seed: 5, now: state.now,
                look: look)
            return
        }
        let parts = inside.splitTop(1)
        let tabs = DetailsState.Tab.allCases
        let places = Tabs(tabs.map(\.title), selected: tabs.firstIndex(of: state.details.tab) ?? 0)
            .draw(on: &frame.canvas, in: parts.top.inset(horizontal: 1, vertical: 0), look: look)
        for (tab, place) in zip(tabs, places) { frame.hit(place, .spot(pane, .tab(tab.rawValue))) }
        let room = parts.rest.splitTop(1).rest
        let isFocused = state.focus == pane
        switch state.details.tab {
        case .inspect where state.details.inspection.document != nil:
            state.details.inspection.draw(in: room, pane: pane, isFocused: isFocused, &frame, look)
        case .environment where state.details.known?.environment.isEmpty == false:
            drawEnvironment(state, in: room, &frame, look)
        case .processes where !state.details.processes.rows.isEmpty:
            ProcessTableView.draw(state.details.processes, state, in: room, isFocused: isFocused, &frame, look)
        default: drawText(lines(state, look: look), state, in: room, &frame, look)
        }
    }

    /// The room of a tab's content.
    static func room(_ rect: Rect) -> Rect {
        Rect(x: rect.x + 1, y: rect.y + 3, width: max(0, rect.width - 2), height: max(0, rect.height - 4))
    }

    private static func remark(_ state: DashboardState, _ look: Look) -> [Span] {
        switch state.details.tab {
        case .inspect:
            let inspection = state.details.inspection
            let needle = inspection.needle
            let found = needle.isEmpty ? "" : "\(words("\(inspection.matchCount) found")) "
            return [Span(found, look[.match]), Span(word(inspection.look), look[.muted])]
        case .environment:
            let count = secretCount(state)
            guard count > 0 else { return [] }
            let phrases = state.details.showsSecrets ? words("shown") : words("covered")
            return [Span("\(Format.count(count, "secret")) \(phrases)", look[.muted])]
        case .processes:
            let count = state.details.processes.rows.count
            return count == 0 ? [] : [Span(count == 1 ? words("1 process") : words("\(count) processes"), look[.muted])]
        case .health where state.details.isChecking: return [Span(words("checking"), look[.info])]
        default: return []
        }
    }

    private static func word(_ look: Inspection.Look) -> String {
        switch look {
        case .tree: words("tree")
        case .yaml: "YAML"
        case .json: "JSON"
        }
    }

    private static func secretCount(_ state: DashboardState) -> Int {
        guard let details = state.details.known else { return 0 }
        return EnvironmentRows(details.environment).rows.reduce(0) { $0 + ($1.isSecret ? 1 : 0) }
    }

    private static func drawText(
        _ lines: [[Span]], _ state: DashboardState, in room: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let scroll = ScrollMath.clamp(state.details.scroll, height: room.height, count: lines.count)
        let text = Rect(x: room.x + 1, y: room.y, width: room.width - 2, height: room.height)
        frame.canvas.clipped(to: text) { canvas in
            for (index, line) in lines.dropFirst(scroll).prefix(text.height).enumerated() {
                canvas.put(line, at: Point(x: text.x - state.details.column, y: text.y + index))
            }
        }
        guard lines.count > room.height else { return }
        Scrollbar(offset: scroll, visible: room.height, count: lines.count).draw(
            on: &frame.canvas, in: Rect(x: room.right, y: room.y, width: 1, height: room.height), look: look)
    }

    /// The text of a tab that has no cursor; `look` may be left out where only its length counts.
    static func lines(
        _ state: DashboardState, look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        guard let container = state.selected else { return [] }
        if state.details.tab == .processes { return emptyProcesses(state, container, look) }
        switch state.details.inspect {
        case nil: return [[Span(words("loading"), look[.faint])]]
        case .failure(let error): return [[Span("\(error)", look[.error])]]
        case .success(let details):
            switch state.details.tab {
            case .inspect:
                if let error = state.details.documentFailure { return [[Span("\(error)", look[.error])]] }
                return [[Span(words("loading"), look[.faint])]]
            case .environment: return [[Span(words("no variable is set: run it with -e NAME=VALUE"), look[.faint])]]
            case .network: return NetworkText.lines(details, state, look)
            case .health: return HealthText.lines(details, state, look)
            default: return mounts(details, look)
            }
        }
    }

    private static func emptyProcesses(_ state: DashboardState, _ container: Container, _ look: Look) -> [[Span]] {
        guard container.state.isAlive else {
            return [
                [
                    Span(
                        words("it has no processes: \(Format.status(of: container.state, now: state.now))"),
                        look[.faint])
                ],
                [Span(words("s starts it"), look[.faint])],
            ]
        }
        if let error = state.details.processFailure { return [[Span("\(error)", look[.error])]] }
        return [[Span(words("loading"), look[.faint])]]
    }

    private static func drawEnvironment(_ state: DashboardState, in room: Rect, _ frame: inout Frame, _ look: Look) {
        let rows = EnvironmentRows(state.details.known?.environment ?? []).rows
        let width = min(max(12, room.width * 2 / 5), rows.map { SafeText.width($0.name) }.max() ?? 0)
        let cover = String(repeating: look.glyphs.isASCII ? "*" : "•", count: 8)
        RowList(
            pane: pane, count: rows.count, index: state.details.variable, scroll: state.details.variableScroll,
            isFocused: state.focus == pane
        ).draw(in: room, &frame, look) { place, _ in
            let row = rows[place]
            var spans = [Span(RowList.cell(row.name, width) + "  ", look[.secondary])]
            if row.isSecret, !state.details.showsSecrets {
                spans.append(Span(cover, look[.warning]))
            } else {
                spans.append(row.value.isEmpty ? Span("-", look[.faint]) : Span(row.value, look[.text]))
            }
            return spans
        }
    }

    private static func mounts(_ details: ContainerDetails, _ look: Look) -> [[Span]] {
        let mounts = details.container.mounts
        guard !mounts.isEmpty else {
            return [[Span(words("nothing is mounted: run it with -v SOURCE:TARGET"), look[.faint])]]
        }
        var tree = TextTree(look: look)
        for mount in mounts {
            tree.group(mount.target) { tree in
                switch mount.source {
                case .bind(let path, _):
                    tree.pair(words("bind"), path)
                    tree.pair(words("propagation"), mount.propagation.rawValue)
                case .volume(let volume): tree.pair(words("volume"), volume.name ?? words("anonymous"))
                case .tmpfs(let size, let mode):
                    tree.pair(words("tmpfs"), size.map { Format.bytes(Double($0)) } ?? words("half of the memory"))
                    if let mode { tree.pair(words("mode"), String(mode, radix: 8)) }
                }
                tree.pair(words("access"), mount.readOnly ? words("read-only") : words("read-write"))
            }
        }
        return tree.lines
    }
}
