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

        var title: String { self == .peak ? "to the peak" : "to the limit" }
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

    var glyphStyle: GlyphStyle?
    var scale = Scale.peak
    var span = Span.minute
    var series: [HistoryQuery: [Double?]] = [:]
    /// What is being watched now; the same question is not asked twice.
    var watched: [HistoryQuery] = []
    var scroll = 0

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
