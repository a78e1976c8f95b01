import Engine
import Terminal

/// One graph: whose figures, which, how they stand to each other and how they read.
struct GraphPanel: Sendable, Hashable {
    enum Form: Sendable, Hashable {
        /// One area in the colours of a gradient.
        case area
        /// The first stands, the second hangs below it.
        case mirrored
        /// Areas on each other.
        case stack
        /// Lines over each other.
        case lines
        /// A small graph for each core.
        case cores
        /// No graph, but why there is none.
        case note(String)
    }

    /// One of the things in it.
    struct Layer: Sendable, Hashable {
        /// What it is called; `<` and `>` become arrows down and up.
        var name: String
        var source: GraphSource
        /// What of it is drawn elsewhere and taken off here.
        var minus: [GraphSource] = []
        /// The place of its colour among the theme's.
        var color = 0
        /// The figure to read is the source's own, although less is drawn.
        var readsWhole = false
    }

    /// What it is chosen and zoomed by.
    var key: String
    var title: String
    var form = Form.area
    var layers: [Layer]
    /// A figure that stands before the layers' own.
    var headline: GraphSource?
    var unit: GraphUnit
    var gradient: GradientRole
    /// Where 100 % is.
    var limit: Double?
    /// The limit as it was at each time.
    var limitSource: GraphSource?
    /// What is marked where it is not zero: kills by the OOM killer.
    var marks: GraphSource?
    /// Layers have names of their own, which want a list beside the graph.
    var hasLegend = false

    /// All that it needs.
    var sources: [GraphSource] {
        var all = layers.map(\.source) + layers.flatMap(\.minus)
        all += [headline, limitSource, marks].compactMap { $0 }
        var seen: Set<GraphSource> = []
        return all.filter { seen.insert($0).inserted }
    }

    func queries(span: GraphsState.Span, points: Int) -> [HistoryQuery] {
        sources.map { query($0, span, points) }
    }

    func query(_ source: GraphSource, _ span: GraphsState.Span, _ points: Int) -> HistoryQuery {
        HistoryQuery(
            subject: source.subject, metric: source.metric, span: .seconds(span.rawValue), points: points)
    }
}
