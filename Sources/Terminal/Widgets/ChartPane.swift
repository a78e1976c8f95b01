/// A graph with a value axis at its left and, when there is room, a time axis below.
public struct ChartPane: Sendable {
    /// The graph.
    public var graph: Graph
    /// A value on the axis as text.
    public var label: @Sendable (Double) -> String
    /// The left and the right end of the time axis; no axis when nil.
    public var times: (left: String, right: String)?

    /// A graph with labels.
    public init(
        _ graph: Graph, times: (left: String, right: String)? = nil, label: @escaping @Sendable (Double) -> String
    ) {
        self.graph = graph
        self.times = times
        self.label = label
    }

    /// Columns that the axis takes for labels of at most `width` columns.
    public static func gutter(labelWidth width: Int) -> Int { width + 1 }

    /// The room that is left for the area itself; the number of values that fit follows from it.
    public func area(in rect: Rect) -> Rect {
        let top = graph.scale.top(for: graph.values)
        let width = max(SafeText.width(label(top)), SafeText.width(label(top / 2)), SafeText.width(label(0)))
        let gutter = rect.width > width + 8 ? Self.gutter(labelWidth: width) : 0
        let below = times != nil && rect.height >= 4 ? 1 : 0
        return Rect(x: rect.x + gutter, y: rect.y, width: rect.width - gutter, height: rect.height - below)
    }

    /// Draws axes and graph.
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) {
        let area = area(in: rect)
        guard !area.isEmpty else { return }
        var graph = graph
        let shown = Array(graph.values.suffix(Graph.capacity(width: area.width, kind: graph.kind)))
        let top = graph.scale.top(for: shown)
        graph.scale = .fixed(top)
        graph.draw(on: &canvas, in: area)
        drawLabels(on: &canvas, left: rect.x, area: area, top: top, look: look)
        guard let times, area.bottom < rect.bottom else { return }
        let row = rect.bottom - 1
        canvas.put(times.left, at: Point(x: area.x, y: row), style: look[.axis], maxWidth: area.width)
        let width = SafeText.width(times.right)
        if area.width > width + SafeText.width(times.left) + 1 {
            canvas.put(times.right, at: Point(x: area.right - width, y: row), style: look[.axis])
        }
    }

    private func drawLabels(on canvas: inout Canvas, left: Int, area: Rect, top: Double, look: Look) {
        let width = area.x - left - 1
        guard width > 0 else { return }
        var marks = [(0, top)]
        if area.height >= 2 { marks.append((area.height - 1, 0)) }
        if area.height >= 5, area.height % 2 == 1 { marks.append((area.height / 2, top / 2)) }
        for (row, value) in marks {
            let upper = graph.hangs ? area.height - 1 - row : row
            let text = label(value)
            let indent = max(0, width - SafeText.width(text))
            canvas.put(text, at: Point(x: left + indent, y: area.y + upper), style: look[.axis], maxWidth: width)
        }
    }
}
