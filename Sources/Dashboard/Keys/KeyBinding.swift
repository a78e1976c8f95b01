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
    static let standard: [KeyBinding] = moving + finding + acting + imaging + building + logging + drawing

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
        KeyBinding(.containers, .everywhere, ["2"], "containers"),
        KeyBinding(.images, .everywhere, ["3"], "images"),
        KeyBinding(.volumes, .everywhere, ["4"], "volumes"),
        KeyBinding(.networks, .everywhere, ["5"], "networks"),
        KeyBinding(.graphs, .everywhere, ["6"], "graphs"),
        KeyBinding(.logs, .everywhere, ["7", "l", "m"], "logs", hint: "logs"),
        KeyBinding(.details, .everywhere, ["8"], "details"),
        KeyBinding(.nextTab, .everywhere, ["]"], "next tab of the details; layers or history of an image; next build"),
        KeyBinding(.previousTab, .everywhere, ["["], "tab before"),
        KeyBinding(.open, .everywhere, ["enter"], "open what is selected", hint: "open"),
        KeyBinding(.back, .everywhere, ["esc"], "back: closes, clears the search or filter, unmarks"),
        KeyBinding(.zoom, .everywhere, ["+"], "the focused pane alone"),
        KeyBinding(.unzoom, .everywhere, ["_"], "all panes again"),
        KeyBinding(.help, .everywhere, ["?", "f1", "h"], "this help", hint: "help"),
        KeyBinding(.redraw, .everywhere, ["ctrl-l"], "draw everything anew"),
        KeyBinding(.suspend, .everywhere, ["ctrl-z"], "stop the dashboard; the shell's fg goes on"),
        KeyBinding(.quit, .everywhere, ["q", "ctrl-c"], "quit; the containers run on", hint: "quit"),
    ]

    private static let finding: [KeyBinding] = [
        KeyBinding(
            .filter, .everywhere, ["/"], "filter the table or the files; in logs and builds search", hint: "filter"),
        KeyBinding(.nextMatch, .everywhere, ["n"], "next match in the log, towards older lines"),
        KeyBinding(.previousMatch, .everywhere, ["N"], "back towards newer matches; on a table sort by name"),
        KeyBinding(.showStopped, .tables, ["."], "show or hide what is not running", hint: "stopped"),
        KeyBinding(.sort, .tables, ["O"], "choose the column to sort by", hint: "sort"),
        KeyBinding(.sortName, .tables, ["N"], "sort by name; again reverses"),
        KeyBinding(.sortCPU, .tables, ["C"], "sort by CPU; others by who uses them"),
        KeyBinding(.sortMemory, .tables, ["M"], "sort by memory; images and volumes by size"),
        KeyBinding(.sortAge, .tables, ["A"], "sort by age"),
        KeyBinding(.sortState, .tables, ["S"], "sort by state"),
        KeyBinding(.mark, .tables, ["space"], "mark, and go on to the next", hint: "mark"),
        KeyBinding(.markAll, .tables, ["ctrl-space"], "mark all that are shown"),
        KeyBinding(.unmark, .tables, ["ctrl-\\"], "remove all marks"),
    ]

    private static let acting: [KeyBinding] = [
        KeyBinding(.startStop, .containers, ["s"], "start or stop", hint: "start/stop"),
        KeyBinding(.restart, .containers, ["r"], "restart", hint: "restart"),
        KeyBinding(.pause, .containers, ["p"], "pause or go on", hint: "pause"),
        KeyBinding(.kill, .containers, ["ctrl-k"], "kill: asks for the signal"),
        KeyBinding(.remove, .everywhere, ["d", "delete"], "remove: asks first", hint: "remove"),
        KeyBinding(.shell, .containers, ["e", "E"], "a shell in the container", hint: "shell"),
        KeyBinding(.attach, .containers, ["a"], "attach to its first process"),
        KeyBinding(.browse, .containers, ["w"], "open a published port in the browser", hint: "browser"),
        KeyBinding(.connect, .networks, ["a"], "put a container on the network", hint: "connect"),
        KeyBinding(.disconnect, .networks, ["u"], "take a container off the network", hint: "disconnect"),
        KeyBinding(.create, .resources, ["c"], "make a new one; of an image a container", hint: "new"),
        KeyBinding(.prune, .resources, ["P"], "remove all that nobody uses: tells first what would go", hint: "prune"),
        KeyBinding(.inspect, .everywhere, ["i", "y"], "inspect"),
        KeyBinding(.menu, .everywhere, ["x"], "menu of all that can be done here", hint: "menu"),
    ]

    private static let imaging: [KeyBinding] = [
        KeyBinding(.pull, .images, ["p"], "pull an image: asks for its name", hint: "pull"),
        KeyBinding(.run, .images, ["r"], "run a container of it: asks how", hint: "run"),
        KeyBinding(.push, .images, ["U"], "push it: asks where to", hint: "push"),
        KeyBinding(.tag, .images, ["t"], "give it a further name", hint: "tag"),
        KeyBinding(.users, .images, ["u"], "the containers that are made from it", hint: "users"),
        KeyBinding(.searchRegistry, .images, ["s"], "search a registry", hint: "search"),
        KeyBinding(.transfers, .everywhere, ["T"], "what is pulled and pushed"),
        KeyBinding(.filesSum, .layers, ["s"], "the layer's files alone, or all up to it", hint: "all/layer"),
        KeyBinding(.nextChange, .layers, ["n"], "next change", hint: "next change"),
        KeyBinding(.previousChange, .layers, ["N"], "change before"),
        KeyBinding(.fold, .layers, ["space"], "unfold or fold a directory", hint: "fold"),
        KeyBinding(.foldAll, .layers, ["ctrl-space"], "fold all directories, or unfold all", hint: "fold all"),
        KeyBinding(.filesAdded, .layers, ["a"], "hide or show what is added", hint: "added"),
        KeyBinding(.filesModified, .layers, ["m"], "hide or show what is modified", hint: "modified"),
        KeyBinding(.filesRemoved, .layers, ["r"], "hide or show what is removed", hint: "removed"),
        KeyBinding(.filesUnchanged, .layers, ["u"], "hide or show what is unchanged", hint: "unchanged"),
    ]

    private static let building: [KeyBinding] = [
        KeyBinding(.build, .building, ["b"], "build an image: asks from what", hint: "build"),
        KeyBinding(.builds, .everywhere, ["B"], "the build that was begun last, and back"),
        KeyBinding(.buildShell, .build, ["e", "E"], "a shell in the failed step, as it was left", hint: "shell"),
        KeyBinding(.buildCancel, .build, ["ctrl-x", "ctrl-k"], "stop the build: asks first", hint: "stop"),
        KeyBinding(.buildAgain, .build, ["r"], "build the same again", hint: "again"),
        KeyBinding(
            .buildFollow, .build, ["f"], "follow the output or the step that runs, or hold still", hint: "follow"),
        KeyBinding(.buildWrap, .build, ["w"], "wrap long lines, or cut them", hint: "wrap"),
    ]

    private static let logging: [KeyBinding] = [
        KeyBinding(.logFollow, .logs, ["f"], "follow new lines, or hold still", hint: "follow"),
        KeyBinding(.logTimestamps, .logs, ["t"], "show or hide the time of each line", hint: "time"),
        KeyBinding(.logWrap, .logs, ["w"], "wrap long lines, or cut them", hint: "wrap"),
        KeyBinding(.logSearch, .logs, ["#"], "search in the log"),
        KeyBinding(.logRangeAll, .logs, ["0"], "the whole log"),
        KeyBinding(.logRangeShorter, .logs, ["<", ","], "only newer lines: 24 h, 6 h, 1 h, 15 m, 5 m, 1 m"),
        KeyBinding(.logRangeLonger, .logs, [">", "."], "older lines too"),
    ]

    private static let drawing: [KeyBinding] = [
        KeyBinding(.graphGlyphs, .graphs, ["b"], "braille, blocks or ASCII", hint: "glyphs"),
        KeyBinding(.graphScale, .graphs, ["c"], "scale: to the peak, to 100 % or the limit", hint: "scale"),
        KeyBinding(.graphLonger, .graphs, [">", "."], "a longer time span", hint: "longer"),
        KeyBinding(.graphShorter, .graphs, ["<", ","], "a shorter time span", hint: "shorter"),
    ]
}
