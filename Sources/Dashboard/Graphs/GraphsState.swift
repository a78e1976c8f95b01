import Engine

/// How graphs are drawn and what they hold.
struct GraphsState: Sendable {
    enum GlyphStyle: String, Sendable, Hashable, CaseIterable {
        case braille, blocks, ascii
    }

    enum Scale: String, Sendable, Hashable, CaseIterable {
        /// Up to the highest value seen.
        case peak
        /// Up to 100 % or the limit where there is one.
        case limit

        var title: String { self == .peak ? words("to the peak") : words("to the limit") }
    }

    enum Span: Int, Sendable, Hashable, CaseIterable {
        case minute = 60
        case fiveMinutes = 300
        case fifteenMinutes = 900
        case hour = 3600
        case sixHours = 21_600
        case day = 86_400

        var title: String {
            switch self {
            case .minute: "1m"
            case .fiveMinutes: "5m"
            case .fifteenMinutes: "15m"
            case .hour: "1h"
            case .sixHours: "6h"
            case .day: "24h"
            }
        }
    }

    /// What is looked at.
    enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The selected container, beside the host.
        case one
        /// The marked containers over each other, or the busiest.
        case over
        /// What the busiest containers take of the host.
        case share
    }

    var glyphStyle: GlyphStyle?
    var scale = Scale.peak
    var span = Span.minute
    var mode = Mode.one
    var series: [HistoryQuery: [Double?]] = [:]
    /// The newest second of each series, from which its points are counted.
    private var stamps: [HistoryQuery: Int64] = [:]
    /// What is being watched now; the same question is not asked twice.
    var watched: [HistoryQuery] = []
    /// Containers that are measured more closely.
    var detailed: Set<ContainerID> = []
    /// The newest round's second.
    var newest: Int64 = 0
    /// The first row of graphs.
    var scroll = 0
    /// The graph that is chosen, by its key.
    var chosen: String?
    /// The graph that is shown alone.
    var zoomed: String?
    /// The second at which all graphs are read; nil reads the newest.
    var cursor: Int64?
    /// The second under the pointer, which reads as the cursor does as long as it is there.
    var hovered: Int64?
    /// The second that is read.
    var reading: Int64? { cursor ?? hovered }
    var marks = EventMarks()
    /// How far back marks have been asked for.
    var marksWanted: Int64?
    var ranking = HostRanking()

    /// Takes in what was answered of what is still watched.
    mutating func receive(_ histories: [HistoryQuery: [Double?]]) {
        for (query, values) in histories where isWatched(query) {
            series[query] = values
            stamps[query] = newest
        }
    }

    private var watchedSet: Set<HistoryQuery> = []

    private func isWatched(_ query: HistoryQuery) -> Bool { watchedSet.contains(query) }

    /// From now on these; what is not among them is forgotten.
    mutating func watch(_ queries: [HistoryQuery]) {
        watched = queries
        watchedSet = Set(queries)
        series = series.filter { watchedSet.contains($0.key) }
        stamps = stamps.filter { watchedSet.contains($0.key) }
    }

    /// Which seconds a series' points stand for.
    func grid(_ query: HistoryQuery) -> HistoryGrid {
        HistoryGrid(now: stamps[query] ?? newest, span: query.span, points: query.points)
    }

    mutating func nextMode() {
        let all = Mode.allCases
        mode = all[((all.firstIndex(of: mode) ?? 0) + 1) % all.count]
        (chosen, zoomed, scroll) = (nil, nil, 0)
    }

    mutating func step(span direction: Int) {
        let all = Span.allCases
        guard let index = all.firstIndex(of: span) else { return }
        span = all[min(max(0, index + direction), all.count - 1)]
    }

    /// The next style after the one in force.
    mutating func nextStyle(onASCII: Bool) {
        let all = GlyphStyle.allCases
        let present = glyphStyle ?? (onASCII ? .ascii : .braille)
        guard let index = all.firstIndex(of: present) else { return }
        glyphStyle = all[(index + 1) % all.count]
    }
}
