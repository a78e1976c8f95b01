/// A whole map of keys, as hands know it from another dashboard.
public enum KeyPreset: String, Sendable, Hashable, CaseIterable {
    /// The standard keys.
    case spyhop
    case lazydocker, k9s, ctop

    /// What differs from the standard keys.
    var changes: [KeyChange] {
        switch self {
        case .spyhop: []
        case .lazydocker: KeyChange.all(Self.lazydockerKeys)
        case .k9s: KeyChange.all(Self.k9sKeys)
        case .ctop: KeyChange.all(Self.ctopKeys)
        }
    }

    /// h, l and the arrows go through the panels; x and ? are the menu; e hides what is stopped; c are one's own commands.
    private static let lazydockerKeys: [String: [String]] = [
        "next-pane": ["tab", "l", "right"], "previous-pane": ["shift-tab", "h", "left"],
        "left": ["H"], "right": ["L"],
        "menu": ["x", "?"], "help": ["f1"],
        "containers": ["2", "3"], "images": ["4"], "volumes": ["5"], "networks": ["6"], "graphs": ["7"],
        "logs": ["m"], "details": ["8"], "activity": ["alt-y"],
        "show-stopped": ["e", "."], "shell": ["E"], "shell-full": ["alt-e"],
        "commands": ["X", "c"],
    ]

    /// d describes, ctrl-d deletes, s is the shell; logs follow with s, and f is the whole screen.
    private static let k9sKeys: [String: [String]] = [
        "inspect": ["d", "i"], "remove": ["ctrl-d", "delete"], "detail-page-down": ["ctrl-f"],
        "detail-page-up": ["ctrl-b", "ctrl-u"],
        "shell": ["s"], "start-stop": ["alt-x"],
        "log-follow": ["s"], "zoom": ["f", "+"],
    ]

    /// Enter is the menu, o and → the single view, l and ← the logs; a shows all, f filters, s sorts, c chooses columns.
    private static let ctopKeys: [String: [String]] = [
        "menu": ["enter", "x"], "open": ["o", "right"], "right": ["L"], "left": ["H"],
        "logs": ["7", "l", "left", "m"],
        "show-stopped": ["a", "."], "attach": ["alt-t"], "activity": ["alt-y"],
        "filter": ["f", "/"], "log-follow": ["F"], "browser": ["alt-f"], "rename": ["alt-r"],
        "columns": ["c"], "sort": ["s", "O"], "start-stop": ["alt-x"], "restart": ["R"], "shell": ["e"],
        "remove": ["d", "delete"],
    ]
}
