/// Which lines of a log are meant: all that fulfil every demand.
public struct LogSelection: Sendable {
    /// Lines from this moment on.
    public var since: Timestamp?
    /// Lines up to and including this moment.
    public var until: Timestamp?
    /// What the lines have or have not.
    public var conditions: [LogCondition]

    /// Makes a selection; all lines unless told otherwise.
    public init(since: Timestamp? = nil, until: Timestamp? = nil, conditions: [LogCondition] = []) {
        self.since = since
        self.until = until
        self.conditions = conditions
    }

    /// Whether a whole line is meant.
    public func holds(for line: LogLine) -> Bool {
        if let since, line.time < since { return false }
        if let until, line.time > until { return false }
        return conditions.allSatisfy { $0.holds(for: line.bytes) }
    }
}
