import Engine

/// What can be done to containers.
enum Operation: Sendable, Hashable {
    case start, stop, restart, pause, unpause
    case kill(signal: Int32)
    case remove(force: Bool)

    /// While it goes on: `stopping`.
    var progress: String {
        switch self {
        case .start: "starting"
        case .stop: "stopping"
        case .restart: "restarting"
        case .pause: "pausing"
        case .unpause: "resuming"
        case .kill: "killing"
        case .remove: "removing"
        }
    }

    /// When it is done: `stopped`.
    var done: String {
        switch self {
        case .start: "started"
        case .stop: "stopped"
        case .restart: "restarted"
        case .pause: "paused"
        case .unpause: "resumed"
        case .kill(let signal): "sent \(Signals.name(signal)) to"
        case .remove: "removed"
        }
    }

    /// As a request: `stop`.
    var verb: String {
        switch self {
        case .start: "start"
        case .stop: "stop"
        case .restart: "restart"
        case .pause: "pause"
        case .unpause: "resume"
        case .kill: "kill"
        case .remove: "remove"
        }
    }
}

/// The signals that the kill dialog offers.
enum Signals {
    static let offered: [(name: String, number: Int32, help: String)] = [
        ("SIGKILL", 9, "ends it at once, nothing is saved"),
        ("SIGTERM", 15, "asks it to end"),
        ("SIGINT", 2, "as Ctrl-C"),
        ("SIGQUIT", 3, "end, often with a dump"),
        ("SIGHUP", 1, "often: read the configuration again"),
        ("SIGUSR1", 10, "whatever the program makes of it"),
        ("SIGUSR2", 12, "whatever the program makes of it"),
    ]

    static func name(_ number: Int32) -> String { offered.first { $0.number == number }?.name ?? "signal \(number)" }
}
