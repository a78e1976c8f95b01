import Engine
import Terminal

/// A graph in its place on the screen.
struct GraphPlace: Sendable, Hashable {
    var panel: GraphPanel
    /// With its title.
    var rect: Rect
    /// The graph alone.
    var area: Rect
    /// A list of the layers, where there is room for one.
    var legend: Rect?
    /// The scale's figures, at the left of a graph that is alone.
    var axis: Rect?
    /// For small graphs of cores: where each one stands.
    var cores: [Rect] = []
    /// The row of graphs that it stands in.
    var row: Int

    /// Two points a cell, however they are drawn.
    var points: Int { max(1, (cores.first?.width ?? area.width) * 2) }

    init(_ panel: GraphPanel, _ rect: Rect, row: Int, interfaces: Int = 0) {
        self.panel = panel
        self.rect = rect
        self.row = row
        area = rect.splitTop(1).rest
        if interfaces > 1, area.height >= 3 { area = area.splitTop(1).rest }
        if panel.hasLegend, rect.width >= Self.legendWidth * 2, area.height >= 2 {
            let parts = area.splitRight(Self.legendWidth)
            area = Rect(x: area.x, y: area.y, width: parts.rest.width - 1, height: area.height)
            legend = parts.right
        }
        if panel.form == .cores { cores = Self.cores(panel.layers.count, in: area) }
    }

    /// The graph alone in the pane: a scale at its left, its figures below.
    init(alone panel: GraphPanel, _ rect: Rect) {
        self.panel = panel
        self.rect = rect
        row = 0
        let below = panel.form == .cores ? 0 : min(panel.layers.count, max(0, (rect.height - 6) / 2))
        let parts = rect.splitTop(1).rest.splitBottom(below)
        area = parts.rest
        legend = below > 0 ? parts.bottom : nil
        if panel.form != .cores, area.width > 30 {
            let sides = area.splitLeft(Self.axisWidth)
            axis = sides.left
            area = sides.rest
        }
        if panel.form == .cores { cores = Self.cores(panel.layers.count, in: area) }
    }

    private static let legendWidth = 26
    private static let axisWidth = 10
    /// `12 100%` beside a core's graph.
    static let coreLabel = 9

    /// Where the small graphs stand: below each other, and in columns when they are too many for that.
    private static func cores(_ count: Int, in area: Rect) -> [Rect] {
        guard count > 0, !area.isEmpty else { return [] }
        var columns = 1
        while (count + columns - 1) / columns > area.height, area.width / (columns + 1) >= coreLabel + 6 {
            columns += 1
        }
        let rows = min(area.height, (count + columns - 1) / columns)
        let height = max(1, area.height / rows)
        let width = (area.width - (columns - 1)) / columns
        return (0..<min(count, rows * columns)).map { index in
            let (column, row) = (index / rows, index % rows)
            return Rect(
                x: area.x + column * (width + 1) + coreLabel, y: area.y + row * height, width: width - coreLabel,
                height: height)
        }
    }

    /// The graphs that share a time line begin here and are so wide.
    var line: Rect { cores.first ?? area }
}
