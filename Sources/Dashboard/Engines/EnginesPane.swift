import Engine
import Terminal

/// All engines: what each is, where it is, and how it is doing.
enum EnginesPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let engines = state[EnginesPane.self]
        let shown = engines.chosen.map { words("only \($0) is shown") } ?? ""
        let inside = frame.pane(
            rect, title: [Span(words("Engines"), look[.title]), Span(" \(engines.statuses.count)", look[.faint])],
            trailing: [Span(shown, look[.warning])], isFocused: state.focus == pane, look: look)
        guard inside.width > 4, inside.height > 0 else { return }
        guard !engines.statuses.isEmpty else {
            let phrases = [
                words("one engine, Spyhop's own"), words("spyhop --engine all shows docker and podman beside it"),
            ]
            return frame.emptiness(phrases, in: inside, seed: 47, now: state.now, look: look)
        }
        drawRow(
            [words("NAME"), words("KIND"), words("VERSION"), words("RUNNING"), words("STATE"), words("ADDRESS")],
            [Style](repeating: look[.header], count: 6), inside.row(0), &frame, look)
        let height = inside.height - 1
        let first = ScrollMath.clamp(engines.scroll, height: height, count: engines.statuses.count)
        for (offset, status) in engines.statuses.dropFirst(first).prefix(max(0, height)).enumerated() {
            let row = inside.row(offset + 1)
            drawRow(texts(status, state), styles(status, look), row, &frame, look)
            if first + offset == engines.selected {
                frame.canvas.tint(row, look[.selection].background)
                frame.canvas.restyle(row) { $0 = $0.with(look[.selection].attributes) }
            }
            frame.hit(row, .spot(pane, .place(first + offset)))
        }
    }

    static func texts(_ status: EngineStatus, _ state: DashboardState) -> [String] {
        let own = state.list.all.filter { ($0.engine ?? "spyhop") == status.name }
        let running = own.count { $0.state.isAlive }
        let isHidden = state[EnginesPane.self].chosen.map { $0 != status.name } ?? false
        let mark = state[EnginesPane.self].chosen == status.name ? "* " : "  "
        return [
            mark + status.name, status.kind.rawValue, status.version ?? "", isHidden ? "" : "\(running)/\(own.count)",
            condition(status, state), status.address,
        ]
    }

    /// How it is doing, in words.
    static func condition(_ status: EngineStatus, _ state: DashboardState) -> String {
        switch status.condition {
        case .connecting: return words("connecting")
        case .connected: return status.isReadOnly ? words("looks only") : words("connected")
        case .unreachable(let error, let since):
            let age = Format.compactDuration(seconds: Format.age(of: since, now: state.now))
            return words("away for \(age): \(error.cause ?? error.message)")
        }
    }

    private static func styles(_ status: EngineStatus, _ look: Look) -> [Style] {
        let role: Role =
            switch status.condition {
            case .connecting: .warning
            case .connected: .running
            case .unreachable: .error
            }
        return [look[.text], look[.muted], look[.muted], look[.text], look[role], look[.faint]]
    }

    private static func drawRow(
        _ texts: [String], _ styles: [Style], _ row: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let isWide = row.width >= 90
        let shares: [Rect.Share] = [
            .flexible(weight: 2, minimum: 10), .cells(isWide ? 8 : 0), .cells(isWide ? 16 : 0), .cells(8),
            .flexible(weight: 4, minimum: 14), .flexible(weight: 3, minimum: isWide ? 16 : 0),
        ]
        for (index, part) in row.inset(horizontal: 1, vertical: 0).columns(shares, spacing: 1).enumerated() {
            guard texts.indices.contains(index), styles.indices.contains(index), part.width > 0 else { continue }
            frame.canvas.put(
                SafeText.string(texts[index]), at: Point(x: part.x, y: part.y), style: styles[index],
                maxWidth: part.width, ellipsis: look.glyphs.ellipsis)
        }
    }
}
