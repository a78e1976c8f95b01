import Engine

/// The text beside the steps: a step's output or what is told of the whole build, and where in it the person is.
struct BuildTextView: Sendable {
    private(set) var lines: [LogWindow.Line] = []
    /// Lines that went at the front of the output.
    private var dropped = 0
    /// The view sticks to the last line.
    var isFollowing = true
    /// The first visible line and the row within it, while not following.
    var top = 0
    var topRow = 0
    var column = 0
    var wraps = true
    var search: TextSearch?

    init(wraps: Bool = true, search: String? = nil) {
        self.wraps = wraps
        self.search = search.map { TextSearch($0) }
    }

    /// Takes what there is of `row` now; who reads further up keeps what they read.
    mutating func refresh(_ build: BuildRun, _ row: BuildRow) {
        switch row {
        case .summary:
            // It is read from its beginning.
            if lines.isEmpty { isFollowing = false }
            lines = BuildSummary.lines(build)
        case .stage: lines = []
        case .step(let id):
            guard let output = build.report.output, output.step == id else {
                lines = []
                return
            }
            lines = output.text.lines
            let gone = output.text.dropped - dropped
            dropped = output.text.dropped
            top = max(0, top - gone)
            if let line = search?.line { search?.line = line >= gone ? line - gone : nil }
            guard case .failed(_, let reason)? = build.step(id)?.state else { return }
            // At the end the engine tells more than the step: the lines of the Dockerfile.
            if case .failed(let error) = build.phase {
                lines += BuildSummary.lines(of: error)
            } else {
                lines += BuildSummary.lines(of: reason, .stderr)
            }
        }
    }

    /// Where the first row on the screen is, for a pane of this geometry.
    func position(_ geometry: LogGeometry) -> LogGeometry.Position {
        let last = geometry.bottomPosition(lines)
        let wanted = LogGeometry.Position(line: top, row: topRow)
        return isFollowing || last < wanted ? last : wanted
    }

    /// Moves the view by screen rows.
    mutating func scroll(_ step: Int, _ geometry: LogGeometry) {
        guard !lines.isEmpty else { return }
        let last = geometry.bottomPosition(lines)
        let next = geometry.moved(position(geometry), by: step, lines)
        let position = min(next, last)
        (top, topRow) = (position.line, position.row)
        isFollowing = step > 0 && next >= last
    }

    mutating func goToTop() { (isFollowing, top, topRow) = (false, 0, 0) }

    /// Holds still where it is, or follows again.
    mutating func toggleFollowing(_ geometry: LogGeometry) {
        let position = position(geometry)
        (top, topRow) = (position.line, position.row)
        isFollowing.toggle()
    }

    /// Goes to the next line with the searched text; -1 is towards older lines. Answers whether there is one.
    mutating func find(_ direction: Int, _ geometry: LogGeometry) -> Bool {
        guard let search else { return false }
        let visible = min(lines.count - 1, position(geometry).line + geometry.height - 1)
        let start = search.line.map { $0 + direction } ?? visible
        guard let line = search.next(in: lines, from: start, direction: direction) else { return false }
        self.search?.line = line
        isFollowing = false
        top = max(0, line - geometry.height / 2)
        topRow = 0
        return true
    }
}
