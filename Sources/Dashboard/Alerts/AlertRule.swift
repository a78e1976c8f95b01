import Engine

/// When somebody wants to be told, of which containers, and how.
public struct AlertRule: Sendable, Hashable {
    /// What it is called in the list; the condition unless a person gave it a name.
    public var name: String
    /// What must be the case.
    public var condition: AlertCondition
    /// For how long it must be so.
    public var hold: Duration
    /// Where it is over, in the condition's unit: apart from the bound, so that a figure that swings around it does not
    /// raise an alert again and again.
    public var clearBound: Double
    /// Which containers; of no meaning for the host.
    public var containers: NamePatterns
    /// What happens then.
    public var actions: [AlertAction]

    /// A rule as it stands in the configuration, before it is understood.
    public struct Source: Sendable, Hashable {
        /// `cpu > 90`.
        public var when: String
        /// `30s`.
        public var hold: String?
        /// `web*`.
        public var containers: String?
        /// `80`: where it is over.
        public var clear: String?
        /// `color`, `bell`, `notify`, `command: …`.
        public var then: [String]
        /// What it is called.
        public var name: String?

        /// Makes a source.
        public init(
            when: String, hold: String? = nil, containers: String? = nil, clear: String? = nil, then: [String] = [],
            name: String? = nil
        ) {
            self.when = when
            self.hold = hold
            self.containers = containers
            self.clear = clear
            self.then = then
            self.name = name
        }
    }

    /// Why a rule is not understood: which key of it, and what is wrong.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// `when`, `for`, `clear`, `then`.
        public let key: String
        /// What is wrong.
        public let reason: String

        init(_ key: String, _ reason: String) {
            self.key = key
            self.reason = reason
        }

        /// Both.
        public var description: String { "\(key): \(reason)" }
    }

    /// Understands a rule.
    public init(_ source: Source) throws(Refusal) {
        condition = try AlertCondition(source.when)
        name = source.name.flatMap { $0.isEmpty ? nil : $0 } ?? condition.text
        containers = NamePatterns(source.containers ?? "")
        hold = .zero
        if let text = source.hold {
            guard let nanoseconds = GoDuration.nanoseconds(text) ?? Int64(text).map({ $0 &* 1_000_000_000 }),
                nanoseconds >= 0, nanoseconds <= Self.longestHold
            else { throw Refusal("for", words("'\(text)' is no time like 30s or 5m, of a day at most")) }
            hold = .nanoseconds(nanoseconds)
        }
        clearBound = Self.defaultClearBound(of: condition)
        if let text = source.clear {
            let (bound, isShare) = try AlertCondition.bound(text, of: condition.figure, field: "clear")
            guard isShare == condition.isShare else {
                throw Refusal("clear", words("'\(text)' is not in the unit of 'when'"))
            }
            guard condition.isBelow ? bound >= condition.bound : bound <= condition.bound else {
                throw Refusal("clear", words("'\(text)' lies on the alerting side of the bound"))
            }
            clearBound = bound
        }
        var actions: [AlertAction] = []
        for text in source.then { actions.append(try AlertAction(text)) }
        self.actions = actions.isEmpty ? [.color] : actions
    }

    private static let longestHold: Int64 = 86_400 * 1_000_000_000

    /// A tenth of the bound away from it.
    private static func defaultClearBound(of condition: AlertCondition) -> Double {
        condition.figure.measure == .count && !condition.isShare
            ? condition.bound : condition.bound * (condition.isBelow ? 1.1 : 0.9)
    }

    /// Whether a value is back on the safe side.
    func isOver(at value: Double) -> Bool {
        if condition.isReached(by: value) { return false }
        return condition.isBelow ? value >= clearBound : value <= clearBound
    }

    /// What holds without a configuration: colour only, for what nobody wants to overlook.
    public static let standard: [AlertRule] = [
        Source(when: "memory > 90%", hold: "10s"), Source(when: "oom"), Source(when: "unhealthy"),
    ].compactMap { try? AlertRule($0) }
}
