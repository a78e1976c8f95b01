/// A stretch of a log, read from some place in one direction.
public struct LogPageRequest: Sendable {
    /// Where reading begins, and whether it goes towards older or newer lines.
    public enum Cursor: Sendable, Hashable {
        /// The newest lines.
        case end
        /// The lines before this one.
        case before(LogPlace)
        /// The newest lines that are older than this moment.
        case earlier(Timestamp)
        /// The oldest lines.
        case beginning
        /// The lines behind this one.
        case after(LogPlace)
        /// The oldest lines from this moment on.
        case from(Timestamp)

        /// Reading goes towards older lines.
        public var isBackward: Bool {
            switch self {
            case .end, .before, .earlier: true
            case .beginning, .after, .from: false
            }
        }
    }

    /// Where reading begins.
    public var cursor: Cursor
    /// Which lines are wanted.
    public var selection: LogSelection
    /// How many of them, at most.
    public var count: Int
    /// How many bytes of them, about: fewer lines come when they are long.
    public var bytes: Int

    /// Makes a request.
    public init(_ cursor: Cursor, selection: LogSelection = LogSelection(), count: Int, bytes: Int = 4 << 20) {
        self.cursor = cursor
        self.selection = selection
        self.count = count
        self.bytes = bytes
    }
}

/// What came of a `LogPageRequest`.
public struct LogPage: Sendable, Hashable {
    /// Whole lines with their places, oldest first.
    public var lines: [LogLine]
    /// There is nothing more that way.
    public var isLast: Bool

    /// Makes a page.
    public init(lines: [LogLine], isLast: Bool) {
        self.lines = lines
        self.isLast = isLast
    }
}
