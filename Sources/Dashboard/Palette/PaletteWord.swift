/// A word that the palette understands when it is typed out, as people type them elsewhere: `:q`, `:theme coral`.
struct PaletteWord: Sendable, Hashable {
    /// What may stand behind a word.
    enum Argument: Sendable, Hashable {
        case none, text, theme, container, image, layout, dump, command, pane
        /// A name, or none.
        case name
    }

    var name: String
    var aliases: [String] = []
    var argument = Argument.none
    var help: String

    static let all: [PaletteWord] = [
        PaletteWord(name: "quit", aliases: ["q", "q!", "qa", "exit"], help: "quit; the containers run on"),
        PaletteWord(name: "help", aliases: ["h", "?"], help: "what can be done here, and all keys"),
        PaletteWord(name: "filter", aliases: ["f"], argument: .text, help: "filter the table, the tree or the log"),
        PaletteWord(name: "theme", aliases: ["skin", "colorscheme"], argument: .theme, help: "other colours"),
        PaletteWord(name: "container", aliases: ["go"], argument: .container, help: "go to a container"),
        PaletteWord(name: "image", argument: .image, help: "go to an image"),
        PaletteWord(name: "logs", aliases: ["log", "tail"], argument: .container, help: "a container's log"),
        PaletteWord(name: "graphs", aliases: ["stats", "graph"], argument: .container, help: "a container's graphs"),
        PaletteWord(name: "inspect", aliases: ["describe"], argument: .container, help: "a container's details"),
        PaletteWord(name: "shell", aliases: ["exec", "sh"], argument: .container, help: "a shell in a container"),
        PaletteWord(name: "attach", argument: .container, help: "attach to a container's first process"),
        PaletteWord(name: "start", argument: .container, help: "start a container"),
        PaletteWord(name: "stop", argument: .container, help: "stop a container"),
        PaletteWord(name: "restart", argument: .container, help: "restart a container"),
        PaletteWord(name: "kill", argument: .container, help: "kill a container: asks for the signal"),
        PaletteWord(name: "remove", aliases: ["rm"], argument: .container, help: "remove a container: asks first"),
        PaletteWord(name: "layout", argument: .layout, help: "a saved layout"),
        PaletteWord(name: "save-layout", argument: .name, help: "save how the panes stand now, by name"),
        PaletteWord(name: "remove-layout", argument: .layout, help: "forget a saved layout"),
        PaletteWord(name: "split", argument: .pane, help: "a further pane beside this one"),
        PaletteWord(name: "pin", argument: .pane, help: "a pane that stays with this container, beside this one"),
        PaletteWord(name: "tab", aliases: ["tabnew"], argument: .name, help: "a new tab, with a filter of its own"),
        PaletteWord(name: "rename-tab", argument: .name, help: "another name for this tab"),
        PaletteWord(name: "dump", aliases: ["screendump"], argument: .dump, help: "save the screen or the table"),
        PaletteWord(name: "run-command", aliases: ["do"], argument: .command, help: "a command of the configuration"),
        PaletteWord(name: "read-only", aliases: ["readonly"], help: "refuse everything that changes something, or not"),
        PaletteWord(name: "screen-reader", help: "plain lines for a screen reader, or the screen again"),
    ]

    private static let byName = Dictionary(
        all.flatMap { word in ([word.name] + word.aliases).map { ($0, word) } }, uniquingKeysWith: { first, _ in first }
    )

    /// The word with this name or alias.
    static func named(_ name: String) -> PaletteWord? { byName[name.lowercased()] }
}
