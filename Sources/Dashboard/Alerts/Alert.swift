import Engine

/// An alert that is raised.
public struct Alert: Sendable, Hashable {
    /// Whose.
    public var subject: AlertSubject
    /// The container's name, or the host's.
    public var name: String
    /// By which rule.
    public var rule: AlertRule
    /// Since when the condition has held.
    public var since: Timestamp
    /// The newest value.
    public var value: Double
    /// The worst value since then.
    public var worst: Double

    /// The newest value as text.
    public var valueText: String { rule.condition.figure.text(value, isShare: rule.condition.isShare) }

    /// The worst value as text.
    public var worstText: String { rule.condition.figure.text(worst, isShare: rule.condition.isShare) }

    /// One line that says it all.
    public var sentence: String {
        let condition = rule.condition
        if condition.figure == .oom { return words("\(name): out of memory, a process was killed") }
        if condition.figure == .unhealthy { return words("\(name) is unhealthy") }
        let time =
            rule.hold > .zero ? " \(words("for \(Format.compactDuration(seconds: rule.hold.components.seconds))"))" : ""
        return words("\(name): \(condition.text)\(time), now \(valueText)")
    }
}
