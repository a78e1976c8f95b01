import Engine
import Terminal

/// The figures of a graph in its place: over the span, and at the time that is read.
struct GraphReading {
    let graphs: GraphsState
    let place: GraphPlace

    init(_ graphs: GraphsState, _ place: GraphPlace) {
        self.graphs = graphs
        self.place = place
    }

    private func query(_ source: GraphSource) -> HistoryQuery {
        place.panel.query(source, graphs.span, place.points)
    }

    func values(_ source: GraphSource) -> [Double?] { graphs.series[query(source)] ?? [] }

    /// What is drawn of a layer: its source, less what others draw of it.
    func values(_ layer: GraphPanel.Layer) -> [Double?] {
        var values = values(layer.source)
        for source in layer.minus {
            for (index, value) in self.values(source).enumerated() where index < values.count {
                if let own = values[index], let value { values[index] = max(0, own - value) }
            }
        }
        return values
    }

    /// What is drawn of all layers.
    var layers: [[Double?]] { place.panel.layers.map(values) }

    /// A layer's figure at the time that is read.
    func reading(_ layer: GraphPanel.Layer) -> Double? {
        reading(layer.readsWhole ? values(layer.source) : values(layer), query(layer.source))
    }

    func reading(_ source: GraphSource) -> Double? { reading(values(source), query(source)) }

    private func reading(_ values: [Double?], _ query: HistoryQuery) -> Double? {
        guard let cursor = graphs.reading else {
            // The newest point may lie between two rounds; the one before it is then the newest known.
            return values.suffix(4).last { $0 != nil } ?? nil
        }
        let places = graphs.grid(query).places(of: cursor)
        return values.indices.contains(places.lowerBound)
            ? values[places.clamped(to: values.indices)].compactMap { $0 }.max() : nil
    }

    /// The highest and the mean figure over the span.
    func summary(_ layer: GraphPanel.Layer) -> (highest: Double, mean: Double)? {
        let known = (layer.readsWhole ? values(layer.source) : values(layer)).compactMap { $0 }
        guard let highest = known.max() else { return nil }
        return (highest, known.reduce(0, +) / Double(known.count))
    }

    /// Which seconds the points stand for.
    var grid: HistoryGrid? { place.panel.sources.first.map { graphs.grid(query($0)) } }

    /// The column of a second within the graph.
    func column(of second: Int64) -> Int? {
        guard let places = grid?.places(of: second), let first = places.first, let last = places.last else {
            return nil
        }
        return (first + last) / 2 / 2
    }

    /// The newest second that a column holds.
    func second(at column: Int) -> Int64? { grid.map { $0.second(at: column * 2 + 1) } }

    /// The value at the upper edge.
    var top: Double {
        let panel = place.panel
        let values = panel.form == .stack ? sums : layers.flatMap { $0 }
        let limit = panel.limit.flatMap { $0 > 0 ? $0 : nil }
        if graphs.scale == .limit || panel.form == .cores, let limit { return limit }
        let round = panel.unit.scale.top(for: values)
        // Room above a limit that nothing passes would stay empty for ever.
        guard let limit, round > limit, values.allSatisfy({ ($0 ?? 0) <= limit }) else { return round }
        return limit
    }

    private var sums: [Double?] {
        let all = layers
        return (0..<(all.map(\.count).max() ?? 0)).map { index in
            let known = all.compactMap { index < $0.count ? $0[index] : nil }
            return known.isEmpty ? nil : known.reduce(0, +)
        }
    }

    /// Nothing was measured.
    var isEmpty: Bool { !layers.contains { $0.contains { $0 != nil } } }
}
