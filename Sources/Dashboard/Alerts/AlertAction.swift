/// What happens when an alert is raised, beside its being listed.
public enum AlertAction: Sendable, Hashable {
    /// The container's row and its graphs show it.
    case color
    /// The terminal rings.
    case bell
    /// A notification of the desktop, by a terminal that can show one.
    case notify
    /// A command line is run, when the alert is raised and when it is over.
    case command(String)

    /// Reads one as a person writes it: `color`, `bell`, `notify`, `command: …`.
    public init(_ text: String) throws(AlertRule.Refusal) {
        let trimmed = Substring(text).trimmingSpaces
        switch trimmed.lowercased() {
        case "color", "colour": self = .color
        case "bell": self = .bell
        case "notify", "notification": self = .notify
        default:
            guard trimmed.lowercased().hasPrefix("command:") else {
                throw AlertRule.Refusal("then", words("'\(text)' is none of color, bell, notify, command: …"))
            }
            let line = trimmed.dropFirst("command:".count).trimmingSpaces
            guard !line.isEmpty else { throw AlertRule.Refusal("then", words("the command is empty")) }
            self = .command(String(line))
        }
    }

    /// What the list of rules shows.
    var text: String {
        switch self {
        case .color: "color"
        case .bell: "bell"
        case .notify: "notify"
        case .command(let line): "command: \(line)"
        }
    }
}
