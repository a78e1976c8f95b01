import Engine

/// What the rules are held against, once a round.
struct AlertRound: Sendable {
    /// The host, or a container that runs.
    struct Subject: Sendable {
        var id: AlertSubject
        var name: String
        var usage: Usage?
        var health: ContainerHealth?
        var restarts: Int?
    }

    var time: Timestamp
    var subjects: [Subject]
}
