/// One row of the key map: which keys do what, where, and how the help tells it.
struct KeyBinding: Sendable, Hashable {
    var action: Action
    var context: KeyContext
    /// Normalised spellings: `j`, `J`, `ctrl-k`, `enter`, `space`, `f1`, `page-up`.
    var keys: [String]
    var help: String
    /// A few letters for the footer; empty keeps it out of there.
    var hint: String

    init(_ action: Action, _ context: KeyContext, _ keys: [String], _ help: String, hint: String = "") {
        self.action = action
        self.context = context
        self.keys = keys
        self.help = help
        self.hint = hint
    }

    /// The keys that hands know from the other dashboards, in the order of the help.
    static let standard: [KeyBinding] =
        moving + PaneList.all.flatMap { $0.opening } + finding + navigating
        + PaneList.all.flatMap { $0.bindings }

    private static let moving: [KeyBinding] = [
        KeyBinding(.up, .everywhere, ["k", "up"], "up"),
        KeyBinding(.down, .everywhere, ["j", "down"], "down"),
        KeyBinding(.top, .everywhere, ["g", "home"], "to the first; in logs to the very beginning"),
        KeyBinding(.bottom, .everywhere, ["G", "end"], "to the last; in logs to the newest, and follow"),
        KeyBinding(.pageUp, .everywhere, ["pageup"], "a page up"),
        KeyBinding(.pageDown, .everywhere, ["pagedown"], "a page down"),
        KeyBinding(.left, .everywhere, ["left"], "sideways, left"),
        KeyBinding(.right, .everywhere, ["right"], "sideways, right"),
        KeyBinding(.detailDown, .everywhere, ["J"], "scroll logs or details down, from any pane"),
        KeyBinding(.detailUp, .everywhere, ["K"], "scroll logs or details up, from any pane"),
        KeyBinding(.detailPageDown, .everywhere, ["ctrl-d"], "scroll them half a page down"),
        KeyBinding(.detailPageUp, .everywhere, ["ctrl-u"], "scroll them half a page up"),
        KeyBinding(.nextPane, .everywhere, ["tab"], "next pane", hint: "pane"),
        KeyBinding(.previousPane, .everywhere, ["shift-tab"], "previous pane"),
        KeyBinding(.overview, .everywhere, ["1"], "overview"),
        KeyBinding(.nextTab, .everywhere, ["]"], "next tab of the details; layers or history of an image; next build"),
        KeyBinding(.previousTab, .everywhere, ["["], "tab before"),
        KeyBinding(.open, .everywhere, ["enter"], "open what is selected", hint: "open"),
        KeyBinding(.back, .everywhere, ["esc"], "back: closes, clears the search or filter, unmarks"),
        KeyBinding(.zoom, .everywhere, ["+"], "the focused pane alone"),
        KeyBinding(.unzoom, .everywhere, ["_"], "all panes again"),
        KeyBinding(.help, .everywhere, ["?", "f1", "h"], "this help", hint: "help"),
        KeyBinding(.menu, .everywhere, ["x"], "menu of all that can be done here", hint: "menu"),
        KeyBinding(.transfers, .everywhere, ["T"], "what is pulled and pushed"),
        KeyBinding(.remove, .everywhere, ["d", "delete"], "remove: asks first", hint: "remove"),
        KeyBinding(.redraw, .everywhere, ["ctrl-l"], "draw everything anew"),
        KeyBinding(.suspend, .everywhere, ["ctrl-z"], "stop the dashboard; the shell's fg goes on"),
        KeyBinding(.quit, .everywhere, ["q", "ctrl-c"], "quit; the containers run on", hint: "quit"),
    ]

    private static let finding: [KeyBinding] = [
        KeyBinding(
            .filter, .everywhere, ["/"], "filter the table or the files; in logs and builds search", hint: "filter"),
        KeyBinding(.nextMatch, .everywhere, ["n"], "next match in the log, towards older lines"),
        KeyBinding(.previousMatch, .everywhere, ["N"], "back towards newer matches; on a table sort by name"),
        KeyBinding(.showStopped, .tables, ["."], "show or hide what is not running, or not in use", hint: "stopped"),
        KeyBinding(.sort, .tables, ["O"], "choose the column to sort by", hint: "sort"),
        KeyBinding(.sortName, .tables, ["N"], "sort by name; again reverses"),
        KeyBinding(.sortCPU, .tables, ["C"], "sort by CPU; others by who uses them"),
        KeyBinding(.sortMemory, .tables, ["M"], "sort by memory; images and volumes by size"),
        KeyBinding(.sortAge, .tables, ["A"], "sort by age"),
        KeyBinding(.sortState, .tables, ["S"], "sort by state"),
        KeyBinding(.mark, .tables, ["space"], "mark, and go on to the next", hint: "mark"),
        KeyBinding(.markAll, .tables, ["ctrl-space"], "mark all that are shown"),
        KeyBinding(.markDown, .tables, ["shift-down"], "mark down to the next row"),
        KeyBinding(.markUp, .tables, ["shift-up"], "mark up to the row before"),
        KeyBinding(.markRange, .tables, ["V"], "mark with every step from here; again ends it"),
        KeyBinding(.unmark, .tables, ["ctrl-\\"], "remove all marks"),
        KeyBinding(
            .bulk, .tables, ["b", "*"], "what can be done to many at once: counts, and asks first", hint: "bulk"),
        KeyBinding(.columns, .tables, ["o"], "choose, order and resize the columns", hint: "columns"),
        KeyBinding(.wide, .tables, ["W"], "every column there is; left and right scroll them"),
        KeyBinding(.group, .tables, ["t"], "rows of one compose project together, or not"),
        KeyBinding(.create, .resources, ["c"], "make a new one; of an image a container", hint: "new"),
        KeyBinding(.prune, .resources, ["P"], "remove all that nobody uses: tells first what would go", hint: "prune"),
    ]
}
