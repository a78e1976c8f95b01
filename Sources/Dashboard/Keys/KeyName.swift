import Terminal

extension Key {
    /// The key's normalised name in the key map: `j`, `J`, `ctrl-k`, `enter`, `space`.
    var mapName: String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .control("@"), .control(" "): "ctrl-space"
        case .control(let character): "ctrl-\(character.lowercased())"
        case .alt(let character): "alt-\(character)"
        case .enter: "enter"
        case .escape: "esc"
        case .tab: "tab"
        case .backTab: "shift-tab"
        case .backspace: "backspace"
        case .delete: "delete"
        case .insert: "insert"
        case .up, .shiftUp: "up"
        case .down, .shiftDown: "down"
        case .left, .shiftLeft: "left"
        case .right, .shiftRight: "right"
        case .altUp: "alt-up"
        case .altDown: "alt-down"
        case .altLeft: "alt-left"
        case .altRight: "alt-right"
        case .home: "home"
        case .end: "end"
        case .pageUp: "pageup"
        case .pageDown: "pagedown"
        case .function(let number): "f\(number)"
        }
    }
}
