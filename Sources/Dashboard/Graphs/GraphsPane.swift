import Engine
import Terminal

/// The graphs: the selected container at the left, the host beside it, the same figures in the same row; or several
/// containers over each other; or what each takes of the host.
enum GraphsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let graphs = state.graphs
        let inside = frame.pane(
            rect, title: title(state, look), trailing: [Span(graphs.scale.title, look[.faint])],
            isFocused: state.focus == .graphs, look: look)
        guard inside.width > 4, inside.height > 1 else { return }
        let layout = GraphsLayout(state, in: rect)
        if graphs.mode != .one, GraphRow.several(state).isEmpty {
            frame.emptiness(
                [words("nothing runs that could be drawn"), words("v goes back to one container")], in: inside,
                seed: 13,
                now: state.now,
                look: look)
            return
        }
        guard graphs.series.values.contains(where: { $0.contains { $0 != nil } }) else {
            frame.emptiness(
                [words("the first figures come in a moment")], in: inside, seed: 13, now: state.now, look: look)
            drawHeadings(state, layout, &frame, look)
            return
        }
        for place in layout.places {
            // Every column sets the cursor; a title chooses its graph.
            for x in 0..<place.line.width {
                frame.hit(
                    Rect(x: place.line.x + x, y: place.area.y, width: 1, height: place.area.height),
                    .spot(.graphs, .place(place.line.x + x - rect.x)))
            }
            frame.hit(place.rect.row(0), .spot(.graphs, .row(place.panel.key)))
            GraphPainter(state, place, look).draw(&frame)
        }
        drawHeadings(state, layout, &frame, look)
        GraphTimeLine.draw(state, layout, &frame, look)
        drawScrollbar(graphs, layout, rect, &frame, look)
    }

    private static func title(_ state: DashboardState, _ look: Look) -> [Span] {
        let graphs = state.graphs
        let mode =
            switch graphs.mode {
            case .one: ""
            case .over: state.list.marks.isEmpty ? "\(words("of the busiest")) " : "\(words("of the marked")) "
            case .share: "\(words("shares of the host")) "
            }
        var spans = [Span(words("Graphs \(mode)"), look[.title]), Span(graphs.span.title, look[.secondary])]
        guard let cursor = graphs.reading else { return spans }
        let moment = Timestamp(seconds: cursor)
        let age = Format.compactDuration(seconds: max(0, graphs.newest - cursor))
        spans.append(Span("  \(words("at \(state.clock(moment))"))", look[.accent]))
        spans.append(Span(words(", \(age) ago"), look[.muted]))
        if let mark = state.markAtCursor {
            let name = graphs.mode == .one ? "" : (state.list.byID[mark.container]?.name ?? "") + " "
            spans.append(Span("  \(mark.glyph(look)) \(name)\(mark.text)", mark.style(look)))
        }
        return spans
    }

    private static func drawHeadings(
        _ state: DashboardState, _ layout: GraphsLayout, _ frame: inout Frame, _ look: Look
    ) {
        if state.graphs.mode != .one {
            guard let rect = layout.headings.first?.rect, let last = layout.headings.last?.rect else { return }
            var spans: [Span] = []
            for (index, one) in GraphRow.several(state).enumerated() {
                let sign = look.glyphs.isASCII ? "\(GraphLines.letter(index))" : "■"
                spans.append(Span(sign + " ", Style(look.theme.series(one.color))))
                spans.append(Span(one.container.name + "  ", look[.text]))
            }
            frame.canvas.put(spans, at: rect.origin, maxWidth: last.right - rect.x)
            return
        }
        for heading in layout.headings {
            let name = heading.isHost ? state.host.hostname : state.selected?.name ?? ""
            var spans = [Span(name, look[heading.isHost ? .secondary : .accent])]
            if heading.isHost { spans.append(Span(" \(words("host"))", look[.faint])) }
            let subject = heading.isHost ? AlertSubject.host : state.list.selected.map { AlertSubject.container($0) }
            if let alert = subject.flatMap({ state.alerts.book.raised(of: $0).first }) {
                let age = Format.compactDuration(seconds: Format.age(of: alert.since, now: state.now))
                spans.append(Span("  \(words("! \(alert.rule.name) since \(age)"))", look[.error]))
            }
            frame.canvas.put(spans, at: heading.rect.origin, maxWidth: heading.rect.width)
        }
    }

    private static func drawScrollbar(
        _ graphs: GraphsState, _ layout: GraphsLayout, _ rect: Rect, _ frame: inout Frame, _ look: Look
    ) {
        guard layout.rowCount > layout.shownRows, rect.height > 2 else { return }
        let bar = Rect(x: rect.right - 1, y: rect.y + 1, width: 1, height: rect.height - 2)
        let first = ScrollMath.clamp(graphs.scroll, height: layout.shownRows, count: layout.rowCount)
        Scrollbar(offset: first, visible: layout.shownRows, count: layout.rowCount)
            .draw(on: &frame.canvas, in: bar, look: look)
    }
}

extension DashboardState {
    /// What happened where the cursor stands, the gravest of it.
    var markAtCursor: EventMark? {
        guard let cursor = graphs.reading else { return nil }
        // As far as a cell of a usual graph reaches.
        let reach = max(1, Int64(graphs.span.rawValue) / 120)
        return graphs.marks.marks(of: Set(graphed), from: cursor - reach, to: cursor + reach).max { left, right in
            (left.weight, -abs(left.time.seconds - cursor)) < (right.weight, -abs(right.time.seconds - cursor))
        }
    }
}
