import Engine

@testable import Dashboard

extension Scenery {
    /// Rules of which some are broken in the harbour.
    static let rules: [AlertRule] =
        AlertRule.standard
        + [
            AlertRule.Source(when: "cpu > 20", hold: "3s", containers: "s*,w*", then: ["color", "bell", "notify"]),
            AlertRule.Source(when: "pids > 2", then: ["command: logger much ado"], name: "crowd"),
            AlertRule.Source(when: "host cpu > 500"),
        ].compactMap { try? AlertRule($0) }
}
