import Engine
import Terminal

extension DashboardState {
    /// The colours on the screen.
    var shownTheme: Theme { triedTheme ?? settings.theme }

    /// The person's own commands.
    var commands: [CustomCommand] { settings.commands }

    /// What was chosen holds from now on.
    mutating func adopt(_ new: DashboardSettings) {
        if new.highlights != settings.highlights || new.usesBuiltInHighlights != settings.usesBuiltInHighlights {
            let builtIn = new.usesBuiltInHighlights ? LogHighlight.standard : []
            logHighlighter = LogHighlighter(builtIn + new.highlights.map { LogHighlight($0) })
            if let problem = logHighlighter.problems.first { tell(.failure, problem) }
        }
        settings = new
        keys = new.keys
        utcOffset = new.utcOffset
        isReadOnly = new.isReadOnly
        alerts.book.rules = new.alerts
    }

    /// The time of day, in the zone and the way that the person wants it.
    func clock(_ moment: Timestamp) -> String {
        let text = Format.clock(moment, offset: utcOffset)
        guard settings.timeFormat == .hours12, let hour = Int(text.prefix(2)) else { return text }
        return "\((hour + 11) % 12 + 1)\(text.dropFirst(2)) \(hour < 12 ? words("am") : words("pm"))"
    }

    mutating func receive(_ news: DashboardNews) {
        switch news {
        case .settings(let new):
            triedTheme = nil
            adopt(new)
            let problems = new.problems + new.keyProblems.map(\.description) + restoreArrangements(new.layouts)
            guard let first = problems.first else {
                return tell(.information, words("the configuration was read again"))
            }
            tell(.failure, Self.shortened(first, of: problems.count))
        case .refused(let problems):
            guard let first = problems.first else { return }
            tell(.failure, words("\(Self.shortened(first, of: problems.count)); what held before holds on"))
        case .failure(let text): tell(.failure, text)
        }
    }

    private static func shortened(_ first: String, of count: Int) -> String {
        count > 1 ? words("\(first) (and \(count - 1) more)") : first
    }
}
