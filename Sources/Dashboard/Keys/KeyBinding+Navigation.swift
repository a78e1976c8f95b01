extension Action {
    // The palette and what belongs to no pane.
    static let palette = Action("palette")
    static let placeBack = Action("place-back")
    static let placeForward = Action("place-forward")
    static let placeLast = Action("place-last")
    static let copy = Action("copy")
    static let dump = Action("dump")
    static let readOnly = Action("read-only")
    static let screenReader = Action("screen-reader")
    // Tabs of the person's own.
    static let pageNew = Action("tab-new")
    static let pageClose = Action("tab-close")
    static let pageRename = Action("tab-rename")
    static let pageNext = Action("tab-next")
    static let pagePrevious = Action("tab-previous")
    // Moving panes.
    static let arrange = Action("arrange")
    static let arrangeEnd = Action("arrange-end")
    static let splitRight = Action("split-right")
    static let splitDown = Action("split-down")
    static let pinPane = Action("pin-pane")
    static let closePane = Action("close-pane")
    static let growWidth = Action("grow-width")
    static let shrinkWidth = Action("shrink-width")
    static let growHeight = Action("grow-height")
    static let shrinkHeight = Action("shrink-height")
    static let swapPane = Action("swap-pane")
    static let paneLeft = Action("pane-left")
    static let paneRight = Action("pane-right")
    static let paneUp = Action("pane-up")
    static let paneDown = Action("pane-down")
    static let resetPanes = Action("reset-panes")
    static let saveLayout = Action("save-layout")
}

extension KeyContext {
    /// While panes are moved.
    static let arranging = KeyContext("arranging", "Moving panes, after Ctrl-W")
}

extension KeyBinding {
    /// The palette, places, tabs and panes.
    static let navigating: [KeyBinding] = [
        KeyBinding(.palette, .everywhere, [":"], "all commands: type what you want", hint: "commands"),
        KeyBinding(.placeBack, .everywhere, ["alt-left"], "back to where you were"),
        KeyBinding(.placeForward, .everywhere, ["alt-right"], "forward again"),
        KeyBinding(.placeLast, .everywhere, ["-"], "to the last place, and back again"),
        KeyBinding(
            .copy, .everywhere, ["ctrl-y", "c"], "copy name, identifier or value of what is chosen", hint: "copy"),
        KeyBinding(.dump, .everywhere, ["ctrl-s"], "save the screen as a picture or text, or the table"),
        KeyBinding(.readOnly, .everywhere, ["alt-l"], "refuse all that changes something, or not"),
        KeyBinding(.screenReader, .everywhere, ["alt-s"], "plain lines for a screen reader, or the screen again"),
        KeyBinding(.pageNew, .everywhere, ["ctrl-t"], "a new tab, with a filter and a place of its own"),
        KeyBinding(.pageNext, .everywhere, ["}"], "next tab"),
        KeyBinding(.pagePrevious, .everywhere, ["{"], "tab before it"),
        KeyBinding(.pageRename, .everywhere, ["alt-r"], "another name for the tab"),
        KeyBinding(.pageClose, .everywhere, ["alt-w"], "close the tab"),
        KeyBinding(.arrange, .everywhere, ["ctrl-w"], "move panes: split, close, resize, pin, save", hint: "panes"),
        KeyBinding(.splitRight, .arranging, ["v", "|"], "a further pane beside this one", hint: "beside"),
        KeyBinding(.splitDown, .arranging, ["s"], "a further pane below this one", hint: "below"),
        KeyBinding(.pinPane, .arranging, ["p"], "a pane that stays with this container", hint: "pin"),
        KeyBinding(.closePane, .arranging, ["c", "x", "delete"], "close this pane", hint: "close"),
        KeyBinding(.growWidth, .arranging, [">", "."], "wider", hint: "wider"),
        KeyBinding(.shrinkWidth, .arranging, ["<", ","], "narrower", hint: "narrower"),
        KeyBinding(.growHeight, .arranging, ["+", "="], "higher", hint: "higher"),
        KeyBinding(.shrinkHeight, .arranging, ["-", "_"], "lower", hint: "lower"),
        KeyBinding(.swapPane, .arranging, ["r"], "change places with the next pane", hint: "swap"),
        KeyBinding(.paneLeft, .arranging, ["left", "h"], "to the pane at the left"),
        KeyBinding(.paneRight, .arranging, ["right", "l"], "to the pane at the right"),
        KeyBinding(.paneUp, .arranging, ["up", "k"], "to the pane above"),
        KeyBinding(.paneDown, .arranging, ["down", "j"], "to the pane below"),
        KeyBinding(.saveLayout, .arranging, ["w"], "save the layout by name", hint: "save"),
        KeyBinding(.resetPanes, .arranging, ["0"], "as it was at first", hint: "reset"),
        KeyBinding(.arrangeEnd, .arranging, ["esc", "enter", "q", "ctrl-w"], "done", hint: "done"),
    ]
}
