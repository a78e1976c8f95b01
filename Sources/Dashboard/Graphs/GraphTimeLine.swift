import Engine
import Terminal

/// The row below the graphs: how far back they reach, and what happened when.
enum GraphTimeLine {
    static func draw(_ state: DashboardState, _ layout: GraphsLayout, _ frame: inout Frame, _ look: Look) {
        for line in layout.lines {
            guard line.width > 8,
                let place = layout.places.first(where: { $0.line.x == line.x && !$0.panel.layers.isEmpty })
            else { continue }
            let reading = GraphReading(state.graphs, place)
            var drawn: [Int: EventMark] = [:]
            for mark in state.shownMarks {
                guard let column = reading.column(of: mark.time.seconds), column < line.width,
                    (drawn[column]?.weight ?? -1) <= mark.weight
                else { continue }
                drawn[column] = mark
            }
            drawEnds(state, line, Set(drawn.keys), &frame, look)
            for (column, mark) in drawn {
                frame.canvas.set(
                    mark.glyph(look), at: Point(x: line.x + column, y: line.y), style: mark.style(look))
            }
            if let cursor = state.graphs.reading, let column = reading.column(of: cursor), column < line.width {
                let cell = Rect(x: line.x + column, y: line.y, width: 1, height: 1)
                if drawn[column] == nil { frame.canvas.set(look.glyphs.up, at: cell.origin, style: look[.accent]) }
                frame.canvas.restyle(cell) { $0 = $0.with(.bold) }
            }
        }
    }

    /// The ends of the span, where no mark wants the room.
    private static func drawEnds(
        _ state: DashboardState, _ line: Rect, _ marked: Set<Int>, _ frame: inout Frame, _ look: Look
    ) {
        let first = "-" + state.graphs.span.title
        frame.canvas.horizontalLine(
            look.glyphs.isASCII ? "." : "┈", at: line.origin, length: line.width, style: look[.track])
        if !marked.contains(where: { $0 <= first.utf8.count }) {
            frame.canvas.put(first + " ", at: line.origin, style: look[.axis])
        }
        let last = Span(" \(words("now"))", look[.axis])
        if line.width > 20, !marked.contains(where: { $0 >= line.width - last.width }) {
            frame.canvas.put([last], at: Point(x: line.right - last.width, y: line.y))
        }
    }
}

extension DashboardState {
    /// Containers that the graphs are about.
    var graphed: [ContainerID] {
        graphs.mode == .one ? list.selected.map { [$0] } ?? [] : GraphRow.several(self).map(\.container.id)
    }

    /// What happened to them within the span.
    var shownMarks: [EventMark] {
        graphs.marks.marks(
            of: Set(graphed), from: graphs.newest - Int64(graphs.span.rawValue), to: graphs.newest + 1)
    }
}
