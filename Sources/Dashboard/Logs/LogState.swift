import Engine
import Search

/// The logs that are shown: a window of lines, where in it the person is, what is searched and how it is drawn.
struct LogState: PaneState {
    /// Pages are large enough to scroll through without waiting, small enough to come at once.
    static let pageLines = 2000

    var query = LogQuery()
    /// All containers that run, and not the selected or the marked ones.
    var showsAll = false
    var generation = 0
    var window = LogWindow()
    /// The view sticks to the newest line.
    var isFollowing = true
    /// The first visible line, while not following.
    var top = 0
    /// The row within it, when it is wrapped.
    var topRow = 0
    var column = 0
    var time = LogTime.Mode.off
    /// Seconds east of UTC that a person asked for.
    var zone: Int64?
    var wraps = true
    var range = LogRange.all
    /// Runs back from the present one; nil: all of them.
    var run: Int?
    var runStarts: [Timestamp] = []
    var pending: LogRequest.Part?
    /// How far a long reading has come.
    var progress: Double?
    /// The container that ended, by when it had been started: who starts it again opens its log.
    var ended: [Int: Timestamp?] = [:]
    var failure: String?
    var search: LogSearch?
    /// The line that keys are about, and where a selection of lines began.
    var cursor: LogKey?
    var anchor: LogKey?
    var marks: [LogMark] = []
    var unfolded: [LogKey: [LogTree.Row]] = [:]
    var showsColumns = false
    var columns = LogColumns()
    var isSaving = false
    /// Days stand before the times, for not all lines are of today.
    var hasDays = false
    /// Search or filter are to be taken back.
    var isGivenUp = false
    /// The log is open: new lines come.
    var isLive = false
    /// Nothing has come since it was opened.
    var awaitsFirst = false

    init() {}

    /// Forgets the lines and begins with those of a query.
    mutating func restart(_ query: LogQuery) {
        generation += 1
        if query.sources != self.query.sources {
            marks = []
            runStarts = []
            run = nil
        }
        self.query = query
        window = LogWindow(bounds: window.bounds)
        isFollowing = true
        top = 0
        topRow = 0
        pending = nil
        progress = nil
        ended = [:]
        failure = nil
        cursor = nil
        anchor = nil
        unfolded = [:]
        isLive = false
        awaitsFirst = false
        search?.restart()
    }

    var hasEnded: Bool { !ended.isEmpty && ended.count >= query.sources.count }

    /// The line under the cursor.
    var cursorIndex: Int? { cursor.flatMap { window.index(of: $0) } }
}

/// A line that a person marked, to come back to.
struct LogMark: Sendable, Hashable {
    var key: LogKey
    var time: Timestamp
}

/// How far back a log is shown.
enum LogRange: Sendable, Hashable {
    case all
    /// Seconds.
    case last(Int64)
    /// What comes after the screen was cleared.
    case cleared(Timestamp)

    /// From longer to shorter.
    static let steps: [LogRange] = [
        .all, .last(86_400), .last(21_600), .last(3600), .last(1800), .last(900), .last(300), .last(60),
    ]

    func since(_ now: Timestamp) -> Timestamp? {
        switch self {
        case .all: nil
        case .last(let seconds): now.advanced(by: .seconds(-seconds))
        case .cleared(let time): time
        }
    }

    var title: String {
        switch self {
        case .all: words("all")
        case .last(60): words("last minute")
        case .last(3600): words("last hour")
        case .last(let seconds) where seconds < 3600: words("last \(seconds / 60) minutes")
        case .last(let seconds): words("last \(seconds / 3600) hours")
        case .cleared: words("since cleared")
        }
    }
}

/// What is searched in a log and where it was found.
struct LogSearch: Sendable {
    let pattern: SearchPattern
    let expression: RegularExpression
    /// The line of the present match.
    var hit: LogKey?
    /// How many lines have it, and which of them the present one is; nil while that is being counted.
    var total: Int?
    var rank: Int?
    /// Lines on which it was given up.
    var exhausted = 0
    var isCounting = false
    /// Looked for in what is not in memory: -1 towards older lines, 1 towards newer.
    var direction = 0
    /// Matches further that were asked for while it was looked for; below zero towards older lines.
    private(set) var steps = 0

    init(_ pattern: SearchPattern) throws(PatternError) {
        self.pattern = pattern
        expression = try pattern.compiled()
    }

    mutating func restart() {
        hit = nil
        total = nil
        rank = nil
        isCounting = false
        direction = 0
        steps = 0
    }

    /// A key that is held down for long is not obeyed for ever after.
    private static let mostSteps = 999

    mutating func queue(_ direction: Int) { steps = min(max(-Self.mostSteps, steps + direction), Self.mostSteps) }

    mutating func forgetSteps() { steps = 0 }

    func matches(_ line: LogWindow.Line) -> Bool { expression.matchesQuickly(LogText.visible(line.bytes)) }

    /// The nearest matching line from `start` on, among so many lines that it takes no time; and where it was given up.
    func next(
        in lines: [LogWindow.Line], from start: Int, direction: Int
    ) -> (found: Int?, stopped: Int?) {
        var index = start
        var bytes = 0
        while lines.indices.contains(index) {
            if matches(lines[index]) { return (index, nil) }
            bytes += lines[index].bytes.count + 256
            if bytes > 512 << 10 { return (nil, index) }
            index += direction
        }
        return (nil, nil)
    }
}
