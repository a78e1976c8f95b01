import Engine

/// Which rules hold of whom, and since when. Pure: a round in, news out.
struct AlertBook: Sendable {
    /// Where a rule stands with a subject, while it is not quiet.
    private enum Phase: Sendable, Hashable {
        /// The condition holds, but not for long enough yet.
        case pending(since: Timestamp)
        case raised
        /// On the safe side again, but not for long enough yet.
        case settling(since: Timestamp)
    }

    private struct Key: Sendable, Hashable {
        var rule: Int
        var subject: AlertSubject
    }

    var rules: [AlertRule] {
        didSet { if rules != oldValue { forget() } }
    }
    private var phases: [Key: Phase] = [:]
    private var alerts: [Key: Alert] = [:]

    init(rules: [AlertRule] = []) { self.rules = rules }

    /// How long a fact (an OOM kill) stays raised although it happens in a moment.
    private static let shortestStay = Duration.seconds(60)
    /// The longest that a figure must be safe before an alert is over.
    private static let longestSettling = Duration.seconds(10)

    /// What is raised, the oldest first.
    var raised: [Alert] {
        alerts.values.sorted { ($0.since, $0.name, $0.rule.name) < ($1.since, $1.name, $1.rule.name) }
    }

    /// The alerts of one.
    func raised(of subject: AlertSubject) -> [Alert] { raised.filter { $0.subject == subject } }

    /// Who is to be shown in another colour.
    var colored: Set<AlertSubject> {
        Set(alerts.values.filter { $0.rule.actions.contains(.color) }.map(\.subject))
    }

    private mutating func forget() {
        phases.removeAll()
        alerts.removeAll()
    }

    /// Holds every rule against every subject.
    mutating func evaluate(_ round: AlertRound) -> [AlertNews] {
        guard !rules.isEmpty else { return [] }
        var news: [AlertNews] = []
        var seen: Set<Key> = []
        for (index, rule) in rules.enumerated() {
            for subject in round.subjects where concerns(rule, subject) {
                let key = Key(rule: index, subject: subject.id)
                seen.insert(key)
                if let one = step(key, rule, subject, round.time) { news.append(one) }
            }
        }
        // Who has gone raises nothing any more.
        for key in phases.keys where !seen.contains(key) {
            phases[key] = nil
            if let alert = alerts.removeValue(forKey: key) { news.append(AlertNews(isRaised: false, alert: alert)) }
        }
        return news
    }

    private func concerns(_ rule: AlertRule, _ subject: AlertRound.Subject) -> Bool {
        if subject.id == .host { return rule.condition.isHost }
        return !rule.condition.isHost && rule.containers.matches(subject.name)
    }

    private mutating func step(
        _ key: Key, _ rule: AlertRule, _ subject: AlertRound.Subject, _ now: Timestamp
    ) -> AlertNews? {
        // A figure that is not known is no reason to alert, nor that the danger is over.
        guard let value = rule.condition.figure.value(of: subject, isShare: rule.condition.isShare), value.isFinite
        else { return nil }
        let isReached = rule.condition.isReached(by: value)
        if var alert = alerts[key] {
            alert.value = value
            alert.worst = rule.condition.isBelow ? min(alert.worst, value) : max(alert.worst, value)
            alert.name = subject.name
            alerts[key] = alert
        }
        switch phases[key] {
        case nil:
            guard isReached else { return nil }
            if rule.hold == .zero { return raise(key, rule, subject, value, since: now) }
            phases[key] = .pending(since: now)
        case .pending(let since):
            guard isReached else {
                phases[key] = nil
                return nil
            }
            if now.since(since) >= rule.hold || now < since {
                return raise(key, rule, subject, value, since: min(since, now))
            }
        case .raised:
            if rule.isOver(at: value) { phases[key] = .settling(since: now) }
        case .settling(let since):
            guard rule.isOver(at: value) else {
                phases[key] = .raised
                return nil
            }
            if now.since(since) >= settling(rule) || now < since {
                phases[key] = nil
                return alerts.removeValue(forKey: key).map { AlertNews(isRaised: false, alert: $0) }
            }
        }
        return nil
    }

    private func settling(_ rule: AlertRule) -> Duration {
        rule.condition.figure == .oom ? Self.shortestStay : min(rule.hold, Self.longestSettling)
    }

    private mutating func raise(
        _ key: Key, _ rule: AlertRule, _ subject: AlertRound.Subject, _ value: Double, since: Timestamp
    ) -> AlertNews {
        let alert = Alert(
            subject: subject.id, name: subject.name, rule: rule, since: since, value: value, worst: value)
        phases[key] = .raised
        alerts[key] = alert
        return AlertNews(isRaised: true, alert: alert)
    }
}
