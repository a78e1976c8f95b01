/// Which key does what, where. Built from the standard table and the person's changes.
public struct KeyMap: Sendable {
    /// The rows, in the order of the help.
    private(set) var bindings: [KeyBinding]
    private var table: [KeyContext: [String: Action]] = [:]

    /// The standard keys.
    public static let standard = KeyMap(bindings: KeyBinding.standard)

    init(bindings: [KeyBinding]) {
        self.bindings = bindings
        for binding in bindings {
            for key in binding.keys { table[binding.context, default: [:]][key] = binding.action }
        }
    }

    /// Makes a key map from changes to the standard one: action name → its keys, which replace the action's own.
    public static func applying(_ changes: [String: [String]]) -> (map: KeyMap, problems: [String]) {
        let (map, problems) = make(changes: KeyChange.all(changes))
        return (map, problems.map(\.sentence))
    }

    /// What `key` does while `pane` has the focus.
    func action(for key: String, in pane: Pane) -> Action? {
        for context in pane.keyContexts {
            if let action = table[context]?[key] { return action }
        }
        return nil
    }

    /// What `key` does in a context, whatever has the focus.
    func action(for key: String, within context: KeyContext) -> Action? { table[context]?[key] }

    /// The first key of an action, for hints; `nil` when it has none.
    func key(for action: Action) -> String? { bindings.first { $0.action == action && !$0.keys.isEmpty }?.keys.first }

    /// How the help shows a key: `^K`, `⏎`, `PgUp` stay readable in ASCII.
    static func display(_ key: String) -> String {
        switch key {
        case "enter": return "Enter"
        case "esc": return "Esc"
        case "tab": return "Tab"
        case "shift-tab": return "S-Tab"
        case "space": return "Space"
        case "ctrl-space": return "^Space"
        case "pageup": return "PgUp"
        case "pagedown": return "PgDn"
        case "up": return "Up"
        case "down": return "Down"
        case "left": return "Left"
        case "right": return "Right"
        case "shift-up": return "S-Up"
        case "shift-down": return "S-Down"
        case "shift-left": return "S-Left"
        case "shift-right": return "S-Right"
        case "home": return "Home"
        case "end": return "End"
        case "delete": return "Del"
        case "insert": return "Ins"
        case "backspace": return "Bksp"
        default:
            if key.hasPrefix("ctrl-") { return "^" + key.dropFirst(5).uppercased() }
            if key.hasPrefix("alt-") { return "M-" + key.dropFirst(4) }
            if key.hasPrefix("f"), key.utf8.count > 1 { return key.uppercased() }
            return key
        }
    }

    private static let named: Set<String> = [
        "enter", "esc", "tab", "shift-tab", "space", "ctrl-space", "pageup", "pagedown", "up", "down", "left",
        "right", "shift-up", "shift-down", "shift-left", "shift-right", "home", "end", "delete", "insert", "backspace",
    ]
    private static let aliases = [
        "escape": "esc", "return": "enter", "pgup": "pageup", "page-up": "pageup", "pgdn": "pagedown",
        "page-down": "pagedown", "del": "delete", "ins": "insert", "backtab": "shift-tab", " ": "space",
    ]

    /// The one spelling of a key's name; `nil` when it names none. `Shift-j` is `J`, `Ctrl-K` is `ctrl-k`.
    static func normalise(_ text: String) -> String? {
        if text.count == 1, text != " " { return text }
        let lower = text.lowercased()
        let name = aliases[lower] ?? lower
        if named.contains(name) { return name }
        if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...24).contains(number) { return name }
        for prefix in ["shift-", "ctrl-", "alt-"] where name.hasPrefix(prefix) {
            let rest = String(text.dropFirst(prefix.count))
            guard rest.count == 1 else { return prefix == "shift-" ? nil : normalise(rest).map { prefix + $0 } }
            switch prefix {
            case "shift-": return rest.uppercased()
            case "ctrl-": return prefix + rest.lowercased()
            default: return prefix + rest
            }
        }
        return nil
    }
}
