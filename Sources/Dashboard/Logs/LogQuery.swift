import Engine
import Search

/// A container whose log is shown, and what stands before its lines.
struct LogSource: Sendable, Hashable {
    var id: ContainerID
    var name: String
}

/// A pattern that lines have, or with `!` before it have not.
struct LogPattern: Sendable, Hashable {
    var pattern: SearchPattern
    var isInverted = false

    /// Reads what was typed; `nil` for nothing.
    init?(_ typed: String) {
        var text = typed
        if text.hasPrefix("!") {
            isInverted = true
            text.removeFirst()
        }
        pattern = SearchPattern(text)
        guard !pattern.text.isEmpty else { return nil }
    }

    /// As it was typed.
    var typed: String { (isInverted ? "!" : "") + pattern.typed }

    func condition() throws(PatternError) -> LogCondition {
        let expression = try pattern.compiled()
        return LogCondition(
            pattern: pattern.text, isExpression: pattern.isExpression, ignoresCase: pattern.ignoresCase,
            isInverted: isInverted
        ) { expression.matches(LogText.visible($0)) }
    }
}

/// Which lines of which logs are shown.
struct LogQuery: Sendable, Hashable {
    var sources: [LogSource] = []
    var since: Timestamp?
    var until: Timestamp?
    var filter: LogPattern?

    /// The selection of lines; with `pattern` only those that have it, too.
    func selection(_ pattern: SearchPattern? = nil) throws(PatternError) -> LogSelection {
        var conditions: [LogCondition] = []
        if let filter { conditions.append(try filter.condition()) }
        if let pattern {
            var wanted = LogPattern(pattern.typed)
            wanted?.pattern = pattern
            wanted?.isInverted = false
            if let wanted { conditions.append(try wanted.condition()) }
        }
        return LogSelection(since: since, until: until, conditions: conditions)
    }
}
