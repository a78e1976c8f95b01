import Engine

/// The log that is shown: its window of lines, where in it the person is, what is searched.
struct LogState: Sendable {
    enum Range: Int, Sendable, Hashable, CaseIterable {
        case all = 0
        case minute = 60
        case fiveMinutes = 300
        case fifteenMinutes = 900
        case hour = 3600
        case sixHours = 21_600
        case day = 86_400

        var title: String {
            switch self {
            case .all: "all"
            case .minute: "last minute"
            case .fiveMinutes: "last 5 minutes"
            case .fifteenMinutes: "last 15 minutes"
            case .hour: "last hour"
            case .sixHours: "last 6 hours"
            case .day: "last 24 hours"
            }
        }
    }

    /// Pages are large enough to scroll through without waiting, small enough to come at once.
    static let pageLines = 2000

    var container: ContainerID?
    var generation = 0
    var window = LogWindow()
    /// The view sticks to the newest line.
    var isFollowing = true
    /// The first visible line, while not following.
    var top = 0
    /// The row within it, when it is wrapped.
    var topRow = 0
    var column = 0
    var showsTime = false
    var wraps = true
    var range = Range.all
    /// When the range begins; set when it is chosen.
    var since: Timestamp?
    var pending: LogRequest.Part?
    var hasEnded = false
    /// The next lines repeat some that are here already.
    var awaitsOverlap = false
    var failure: String?
    var search: LogSearch?
    /// Searching goes on in pages that are still to come: -1 towards older lines, 1 towards newer.
    var searchDirection = 0

    /// Forgets everything and starts over with another container (or the same).
    mutating func restart(_ id: ContainerID?) {
        generation += 1
        container = id
        window = LogWindow(bounds: window.bounds)
        isFollowing = true
        top = 0
        topRow = 0
        pending = nil
        hasEnded = false
        awaitsOverlap = false
        failure = nil
        searchDirection = 0
        search?.line = nil
    }
}

/// What is searched in a log and where it was found.
struct LogSearch: Sendable, Hashable {
    var text: String
    /// The line of the present match.
    var line: Int?

    /// Case counts only when the pattern has an upper-case letter.
    var ignoresCase: Bool { !text.utf8.contains { $0 >= 0x41 && $0 <= 0x5a } }

    /// Whether a line has the text; colours in it do not hide it.
    func matches(_ bytes: [UInt8], needle: [UInt8]) -> Bool {
        let plain = bytes.contains(0x1b) ? LogText.plain(bytes) : bytes
        return ByteSearch.first(needle, in: plain, from: 0, ignoringCase: ignoresCase) != nil
    }

    /// The nearest matching line from `start` on, in `direction`.
    func next(in lines: [LogWindow.Line], from start: Int, direction: Int) -> Int? {
        let needle = Array(text.utf8)
        guard !needle.isEmpty else { return nil }
        var index = start
        while lines.indices.contains(index) {
            if matches(lines[index].bytes, needle: needle) { return index }
            index += direction
        }
        return nil
    }
}
