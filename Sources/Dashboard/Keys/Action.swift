/// Something that a key, a click on a hint, the menu or the palette can ask for. Those of a pane are declared in its folder.
public struct Action: RawRepresentable, Sendable, Hashable {
    /// The name in the configuration.
    public let rawValue: String

    /// The action of that name; `nil` when no key map has it.
    public init?(rawValue: String) {
        guard Self.names.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    init(_ name: String) { rawValue = name }

    /// All of them, in the order of the help.
    static let all: [Action] = KeyBinding.standard.map(\.action)

    private static let names = Set(all.map(\.rawValue))
}

extension Action {
    // Moving about.
    static let up = Action("up")
    static let down = Action("down")
    static let top = Action("top")
    static let bottom = Action("bottom")
    static let pageUp = Action("page-up")
    static let pageDown = Action("page-down")
    static let left = Action("left")
    static let right = Action("right")
    static let detailUp = Action("detail-up")
    static let detailDown = Action("detail-down")
    static let detailPageUp = Action("detail-page-up")
    static let detailPageDown = Action("detail-page-down")
    static let nextPane = Action("next-pane")
    static let previousPane = Action("previous-pane")
    static let nextTab = Action("next-tab")
    static let previousTab = Action("previous-tab")
    static let open = Action("open")
    static let back = Action("back")
    static let zoom = Action("zoom")
    static let unzoom = Action("unzoom")
    static let overview = Action("overview")
    // The program.
    static let help = Action("help")
    static let menu = Action("menu")
    static let redraw = Action("redraw")
    static let suspend = Action("suspend")
    static let quit = Action("quit")
    // Finding.
    static let filter = Action("filter")
    static let nextMatch = Action("next-match")
    static let previousMatch = Action("previous-match")
    // What several panes have.
    static let showStopped = Action("show-stopped")
    static let sort = Action("sort")
    static let sortName = Action("sort-name")
    static let sortCPU = Action("sort-cpu")
    static let sortMemory = Action("sort-memory")
    static let sortAge = Action("sort-age")
    static let sortState = Action("sort-state")
    static let mark = Action("mark")
    static let markAll = Action("mark-all")
    static let unmark = Action("unmark")
    static let remove = Action("remove")
    static let create = Action("create")
    static let prune = Action("prune")
    static let transfers = Action("transfers")
}
