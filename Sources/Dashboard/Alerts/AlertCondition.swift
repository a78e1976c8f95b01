import Engine

/// A figure and a bound: `cpu > 90`, `memory > 80%`, `receive >= 10MB/s`, `host memory pressure > 20`, `oom`.
public struct AlertCondition: Sendable, Hashable {
    /// What is looked at.
    public var figure: AlertFigure
    /// Of the host instead of containers.
    public var isHost = false
    /// Whether falling below the bound is what alerts.
    public var isBelow = false
    /// The bound itself counts as reached.
    public var includesBound = false
    /// The bound is in per cent of a limit.
    public var isShare = false
    /// In per cent, bytes, bytes per second or a count.
    public var bound: Double

    /// Reads a condition as a person writes it.
    public init(_ text: String) throws(AlertRule.Refusal) {
        let signs = text.utf8.firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
        var name = Substring(text[..<(signs ?? text.endIndex)]).trimmingSpaces.lowercased()
        for prefix in ["host ", "host."] where name.hasPrefix(prefix) {
            isHost = true
            name = String(Substring(name.dropFirst(prefix.count)).trimmingSpaces)
        }
        guard let figure = AlertFigure(rawValue: Self.spelled(name)) else {
            let all = AlertFigure.allCases.map(\.rawValue).joined(separator: ", ")
            throw AlertRule.Refusal("when", words("there is no figure '\(name)'; there are \(all)"))
        }
        self.figure = figure
        guard let signs else {
            guard figure.isFact else {
                throw AlertRule.Refusal(
                    "when", words("'\(text)' has no bound; write for example '\(figure.rawValue) > 90'"))
            }
            bound = 0
            return
        }
        isBelow = text[signs] == "<"
        var rest = text[text.index(after: signs)...]
        if rest.first == "=" {
            includesBound = true
            rest = rest.dropFirst()
        }
        (bound, isShare) = try Self.bound(String(rest.trimmingSpaces), of: figure, field: "when")
    }

    /// `memory-pressure` and `memory_pressure` are as good as `memory pressure`.
    private static func spelled(_ name: String) -> String {
        name.split { $0 == " " || $0 == "-" || $0 == "_" || $0 == "." }.joined(separator: " ")
    }

    /// A bound in the units that a figure may have.
    static func bound(
        _ text: String, of figure: AlertFigure, field: String
    ) throws(AlertRule.Refusal) -> (value: Double, isShare: Bool) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number.isFinite else {
            throw AlertRule.Refusal(field, words("'\(text)' does not begin with a number"))
        }
        var unit = text.dropFirst(digits.count).trimmingSpaces.lowercased()
        if unit == "%" || unit == "percent" {
            guard figure.hasShare || figure.measure == .percent else {
                throw AlertRule.Refusal(field, words("\(figure.rawValue) is not measured in per cent"))
            }
            return (number, figure.hasShare)
        }
        if unit.hasSuffix("/s"), figure.measure == .bytesPerSecond { unit.removeLast(2) }
        if unit.isEmpty {
            // Nobody means ninety bytes.
            return (number, figure == .memory)
        }
        guard figure.measure == .bytes || figure.measure == .bytesPerSecond, let scale = scales[unit] else {
            throw AlertRule.Refusal(field, words("\(figure.rawValue) is not measured in '\(unit)'"))
        }
        return (number * scale, false)
    }

    private static let scales: [String: Double] = [
        "b": 1, "k": 1024, "kib": 1024, "kb": 1000, "m": 1_048_576, "mib": 1_048_576, "mb": 1_000_000,
        "g": 1_073_741_824, "gib": 1_073_741_824, "gb": 1_000_000_000, "tib": 1_099_511_627_776,
        "t": 1_099_511_627_776, "tb": 1_000_000_000_000,
    ]

    /// Whether a value is on the alerting side.
    func isReached(by value: Double) -> Bool {
        if includesBound && value == bound { return true }
        return isBelow ? value < bound : value > bound
    }

    /// As it is shown: `cpu > 90.0%`.
    public var text: String {
        let subject = (isHost ? "host " : "") + figure.rawValue
        if figure.isFact && bound == 0 { return subject }
        return "\(subject) \(isBelow ? "<" : ">")\(includesBound ? "=" : "") \(figure.text(bound, isShare: isShare))"
    }
}
