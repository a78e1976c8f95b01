import Engine
import Terminal

/// Who alerts, since when and how badly; below, by which rules.
enum AlertsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let alerts = state.alerts
        let raised = alerts.book.raised
        let inside = frame.pane(
            rect,
            title: [Span(words("Alerts"), look[.title]), Span(raised.isEmpty ? "" : " \(raised.count)", look[.error])],
            trailing: [Span(Format.count(alerts.book.rules.count, "rule"), look[.faint])],
            isFocused: state.focus == .alerts, look: look)
        guard inside.width > 4, inside.height > 0 else { return }
        let parts = parts(inside, raised: raised.count, rules: alerts.book.rules.count)
        if raised.isEmpty {
            let phrases =
                alerts.book.rules.isEmpty
                ? [
                    words("there are no rules"),
                    words("alerts: in the configuration makes some: {when: cpu > 90, for: 30s}"),
                ]
                : [words("all is calm"), words("what breaks one of the rules below is listed here")]
            frame.emptiness(phrases, in: parts.list, seed: 31, now: state.now, look: look)
        } else {
            drawList(raised, state, in: parts.list, &frame, look)
        }
        drawRules(alerts.book.rules, state, in: parts.rules, &frame, look)
    }

    /// The rules keep to the lower edge.
    static func parts(_ inside: Rect, raised: Int, rules: Int) -> (list: Rect, rules: Rect) {
        let wanted = rules == 0 ? 0 : rules + 1
        let parts = inside.splitBottom(min(wanted, inside.height * 2 / 5))
        return (parts.rest, parts.bottom)
    }

    private static func drawList(
        _ raised: [Alert], _ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let isWide = rect.width >= 72
        drawRow(
            [words("WHO"), words("RULE"), words("NOW"), words("WORST"), words("SINCE")],
            [Style](repeating: look[.header], count: 5), rect.row(0), &frame)
        let height = rect.height - 1
        let first = ScrollMath.clamp(state.alerts.scroll, height: height, count: raised.count)
        for (offset, alert) in raised.dropFirst(first).prefix(max(0, height)).enumerated() {
            let row = rect.row(offset + 1)
            let age = Format.compactDuration(seconds: Format.age(of: alert.since, now: state.now))
            let since = isWide ? "\(state.clock(alert.since)) (\(age))" : age
            let style = look[alert.rule.actions.contains(.color) ? .error : .text]
            drawRow(
                [alert.name, alert.rule.name, alert.valueText, alert.worstText, since],
                [style, look[.text], look[.text], look[.muted], look[.muted]], row, &frame)
            if first + offset == state.alerts.selected {
                frame.canvas.tint(row, look[.selection].background)
                frame.canvas.restyle(row) { $0 = $0.with(look[.selection].attributes) }
            }
            frame.hit(row, .spot(.alerts, .place(first + offset)))
        }
    }

    private static func drawRow(_ texts: [String], _ styles: [Style], _ row: Rect, _ frame: inout Frame) {
        let isWide = row.width >= 72
        let shares: [Rect.Share] = [
            .flexible(weight: 3, minimum: 8), .flexible(weight: 3, minimum: 10), .cells(10), .cells(isWide ? 10 : 0),
            .cells(isWide ? 20 : 9),
        ]
        for (index, part) in row.inset(horizontal: 1, vertical: 0).columns(shares, spacing: 1).enumerated() {
            guard index < texts.count, part.width > 0 else { continue }
            let width = SafeText.width(texts[index])
            // Figures stand below each other by their ends.
            let indent = index == 2 || index == 3 ? max(0, part.width - width) : 0
            frame.canvas.put(
                texts[index], at: Point(x: part.x + indent, y: part.y), style: styles[index],
                maxWidth: part.width - indent)
        }
    }

    private static func drawRules(
        _ rules: [AlertRule], _ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look
    ) {
        guard rect.height > 0 else { return }
        let rest = rules.count - (rect.height - 1)
        let more = rest > 0 ? "  \(words("and \(rest) more"))" : ""
        frame.canvas.put(
            [Span(words("Rules"), look[.header]), Span(more, look[.faint])], at: Point(x: rect.x + 1, y: rect.y),
            maxWidth: rect.width - 1)
        for (index, rule) in rules.prefix(rect.height - 1).enumerated() {
            let row = rect.row(index + 1)
            var spans = [Span(rule.condition.text, look[.text])]
            if rule.name != rule.condition.text { spans.insert(Span(rule.name + ": ", look[.secondary]), at: 0) }
            if !rule.containers.text.isEmpty {
                spans.append(Span(" \(words("of \(rule.containers.text)"))", look[.muted]))
            }
            if rule.hold > .zero {
                spans.append(
                    Span(
                        " \(words("for \(Format.compactDuration(seconds: rule.hold.components.seconds))"))",
                        look[.muted]))
            }
            spans.append(Span("  \(rule.actions.map(\.text).joined(separator: ", "))", look[.faint]))
            let runs = rule.actions.contains { if case .command = $0 { true } else { false } }
            if runs && state.isReadOnly {
                spans.append(Span("  \(words("(read-only: no command is run)"))", look[.warning]))
            }
            frame.canvas.put(spans, at: Point(x: row.x + 1, y: row.y), maxWidth: row.width - 1)
        }
    }
}
