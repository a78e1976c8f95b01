/// A key press, decoded.
public enum Key: Hashable, Sendable {
    /// A character that was typed, with its shift applied.
    case character(Character)
    /// Ctrl with a letter (lower case) or one of `@ [ \ ] ^ _`, where that is not a key of its own below.
    case control(Character)
    /// Alt (or Esc and quickly a key) with a character.
    case alt(Character)
    /// Enter, Esc, Tab, Shift-Tab, Backspace, Delete, Insert.
    case enter, escape, tab, backTab, backspace, delete, insert
    /// The arrows.
    case up, down, left, right
    /// Shift with an arrow.
    case shiftUp, shiftDown, shiftLeft, shiftRight
    /// Alt with an arrow.
    case altUp, altDown, altLeft, altRight
    /// Ctrl with an arrow.
    case controlUp, controlDown, controlLeft, controlRight
    /// Home, End, Page Up, Page Down.
    case home, end, pageUp, pageDown
    /// Shift with them, and with Delete.
    case shiftHome, shiftEnd, shiftPageUp, shiftPageDown, shiftDelete
    /// Ctrl with some of them.
    case controlHome, controlEnd, controlDelete
    /// F1 and onwards.
    case function(Int)

    /// How the key is called in a help text, in plain ASCII but for the arrows: `Ctrl-C`, `F5`, `PgUp`.
    public var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let c): String(c)
        case .control(let c): "Ctrl-\(c.uppercased())"
        case .alt(let c): "Alt-\(c)"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .shiftUp: "Shift-↑"
        case .shiftDown: "Shift-↓"
        case .shiftLeft: "Shift-←"
        case .shiftRight: "Shift-→"
        case .altUp: "Alt-↑"
        case .altDown: "Alt-↓"
        case .altLeft: "Alt-←"
        case .altRight: "Alt-→"
        case .controlUp: "Ctrl-↑"
        case .controlDown: "Ctrl-↓"
        case .controlLeft: "Ctrl-←"
        case .controlRight: "Ctrl-→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .shiftHome: "Shift-Home"
        case .shiftEnd: "Shift-End"
        case .shiftPageUp: "Shift-PgUp"
        case .shiftPageDown: "Shift-PgDn"
        case .shiftDelete: "Shift-Del"
        case .controlHome: "Ctrl-Home"
        case .controlEnd: "Ctrl-End"
        case .controlDelete: "Ctrl-Del"
        case .function(let n): "F\(n)"
        }
    }
}
