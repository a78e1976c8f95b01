import Engine

/// A command line that an alert asks for, and the variables that tell it why.
public struct AlertCommand: Sendable, Hashable {
    /// For a shell to read.
    public var line: String
    /// `SPYHOP_ALERT` and its kin; whatever a container is called, it comes as a value and never as a part of the line.
    public var environment: [String: String]

    init(_ line: String, _ news: AlertNews) {
        self.line = line
        let alert = news.alert
        let condition = alert.rule.condition
        environment = [
            "SPYHOP_ALERT": news.isRaised ? "raised" : "over", "SPYHOP_RULE": alert.rule.name,
            "SPYHOP_NAME": alert.name, "SPYHOP_FIGURE": condition.figure.rawValue,
            "SPYHOP_VALUE": Format.fixed(alert.value, 2), "SPYHOP_VALUE_TEXT": alert.valueText,
            "SPYHOP_WORST": Format.fixed(alert.worst, 2), "SPYHOP_BOUND": Format.fixed(condition.bound, 2),
            "SPYHOP_SINCE": alert.since.rfc3339, "SPYHOP_TEXT": alert.sentence,
        ]
        if case .container(let id) = alert.subject { environment["SPYHOP_CONTAINER"] = id.rawValue }
        // A value with a zero byte is none.
        environment = environment.mapValues { $0.replacing("\0", with: "") }
    }
}
