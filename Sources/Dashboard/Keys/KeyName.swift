import Terminal

extension Key {
    /// Its name without Shift, for an arrow.
    var plainName: String {
        let name = mapName
        return name.hasPrefix("shift-") && name != "shift-tab" ? String(name.dropFirst("shift-".count)) : name
    }

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
        case .delete, .shiftDelete, .controlDelete: "delete"
        case .insert: "insert"
        case .up, .controlUp: "up"
        case .down, .controlDown: "down"
        case .left, .controlLeft: "left"
        case .right, .controlRight: "right"
        case .shiftUp: "shift-up"
        case .shiftDown: "shift-down"
        case .shiftLeft: "shift-left"
        case .shiftRight: "shift-right"
        case .altUp: "alt-up"
        case .altDown: "alt-down"
        case .altLeft: "alt-left"
        case .altRight: "alt-right"
        case .home, .shiftHome, .controlHome: "home"
        case .end, .shiftEnd, .controlEnd: "end"
        case .pageUp, .shiftPageUp: "pageup"
        case .pageDown, .shiftPageDown: "pagedown"
        case .function(let number): "f\(number)"
        }
    }
}
