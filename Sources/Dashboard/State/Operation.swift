import Engine

/// What can be done to containers.
enum Operation: Sendable, Hashable {
    case start, stop, restart, pause, unpause
    case kill(signal: Int32)
    case remove(force: Bool)

    /// While it goes on: `stopping`.
    var progress: String {
        switch self {
        case .start: phrase("starting")
        case .stop: phrase("stopping")
        case .restart: phrase("restarting")
        case .pause: phrase("pausing")
        case .unpause: phrase("resuming")
        case .kill: phrase("killing")
        case .remove: phrase("removing")
        }
    }

    /// When it is done: `stopped`.
    var done: String {
        switch self {
        case .start: phrase("started")
        case .stop: phrase("stopped")
        case .restart: phrase("restarted")
        case .pause: phrase("paused")
        case .unpause: phrase("resumed")
        case .kill(let signal): words("sent \(Signals.name(signal)) to")
        case .remove: phrase("removed")
        }
    }

    /// As a request: `stop`.
    var verb: String {
        switch self {
        case .start: phrase("start")
        case .stop: phrase("stop")
        case .restart: phrase("restart")
        case .pause: phrase("pause")
        case .unpause: phrase("resume")
        case .kill: phrase("kill")
        case .remove: phrase("remove")
        }
    }
}

/// The signals that the kill dialog offers.
enum Signals {
    static let offered: [(name: String, number: Int32, help: String)] = [
        ("SIGKILL", 9, phrase("ends it at once, nothing is saved")),
        ("SIGTERM", 15, phrase("asks it to end")),
        ("SIGINT", 2, phrase("as Ctrl-C")),
        ("SIGQUIT", 3, phrase("end, often with a dump")),
        ("SIGHUP", 1, phrase("often: read the configuration again")),
        ("SIGUSR1", 10, phrase("whatever the program makes of it")),
        ("SIGUSR2", 12, phrase("whatever the program makes of it")),
    ]

    static func name(_ number: Int32) -> String {
        offered.first { $0.number == number }?.name ?? words("signal \(number)")
    }
}
