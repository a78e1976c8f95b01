import Engine
import Terminal

/// Something that happened to a container, to be marked on the time line.
struct EventMark: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case start, end, failure, oom, healthy, unhealthy, pause, resume, change
    }

    var time: Timestamp
    var container: ContainerID
    var kind: Kind
    var text: String

    /// What of an engine's events is worth a mark.
    init?(_ event: Event) {
        guard event.type == .container else { return nil }
        time = event.time
        container = ContainerID(rawValue: event.actorID)
        switch event.action {
        case "start": (kind, text) = (.start, words("started"))
        case "die":
            let code = event.attributes["exitCode"] ?? "?"
            (kind, text) = (code == "0" ? .end : .failure, words("ended (\(code))"))
        case "oom": (kind, text) = (.oom, words("out of memory: a process was killed"))
        case "pause": (kind, text) = (.pause, words("paused"))
        case "unpause": (kind, text) = (.resume, words("goes on"))
        case "update": (kind, text) = (.change, words("limits changed"))
        case "health_status: healthy": (kind, text) = (.healthy, words("healthy"))
        case "health_status: unhealthy": (kind, text) = (.unhealthy, words("unhealthy"))
        default: return nil
        }
    }

    /// Each has a shape of its own: colours alone do not tell everybody.
    func glyph(_ look: Look) -> Unicode.Scalar {
        let isASCII = look.glyphs.isASCII
        switch kind {
        case .start: return isASCII ? "^" : "▲"
        case .end: return isASCII ? "v" : "▼"
        case .failure: return isASCII ? "x" : "✗"
        case .oom: return "!"
        case .healthy: return isASCII ? "+" : "✓"
        case .unhealthy: return "?"
        case .pause: return isASCII ? "=" : "‖"
        case .resume: return isASCII ? ">" : "▶"
        case .change: return "~"
        }
    }

    func style(_ look: Look) -> Style {
        switch kind {
        case .start, .healthy, .resume: look[.ok]
        case .end, .pause: look[.muted]
        case .failure, .oom, .unhealthy: look[.error]
        case .change: look[.info]
        }
    }

    /// Of several in one place the gravest is shown.
    var weight: Int {
        switch kind {
        case .oom: 5
        case .failure: 4
        case .unhealthy: 3
        case .start, .end: 2
        default: 1
        }
    }
}
