import CVTerm
import Terminal

/// What a person does, as bytes for the program: they come out of `takeAnswers`.
extension Emulator {
    /// A key, encoded as the modes that the program has chosen want it.
    public func press(_ key: Key) {
        switch key {
        case .character(let character): answer(Array(String(character).utf8))
        case .alt(let character): answer([0x1B] + Array(String(character).utf8))
        case .control(let character): if let byte = Self.control(character) { answer([byte]) }
        case .function(let number):
            guard (1...24).contains(number) else { return }
            // xterm sends Shift with F1 to F12 as F13 to F24 where terminfo is asked.
            let base = number > 12 ? number - 12 : number
            press(VTermKey(UInt32(VTERM_KEY_FUNCTION_0.rawValue) + UInt32(base)), number > 12 ? .shift : [])
        default:
            guard let (code, modifiers) = Self.codes[key] else { return }
            press(code, modifiers)
        }
    }

    /// Text from the clipboard: with marks where the program wants them, without what could end them.
    public func paste(_ text: String) {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            // Lines end in a terminal's input as Enter ends them.
            case 0x0A: if bytes.last != 0x0D { bytes.append(0x0D) }
            case 0x09, 0x0D, 0x20...0x7E, 0x80...: bytes.append(byte)
            default: break
            }
        }
        answer(wantsPasteMarks ? Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8) : bytes)
    }

    /// The mouse, at a cell of the screen; whether the program wanted to hear of it.
    @discardableResult
    public func mouse(_ event: MouseEvent) -> Bool {
        guard mouse > .none else { return false }
        let modifiers = VTermModifier(
            (event.shift ? VTERM_MOD_SHIFT.rawValue : 0) | (event.control ? VTERM_MOD_CTRL.rawValue : 0))
        let place = Point(
            x: max(0, min(size.width - 1, event.position.x)), y: max(0, min(size.height - 1, event.position.y)))
        if event.kind == .drag, mouse < .drags { return true }
        vterm_mouse_move(terminal, Int32(place.y), Int32(place.x), modifiers)
        switch event.kind {
        case .press(let button): vterm_mouse_button(terminal, Self.number(button), true, modifiers)
        case .release(let button): vterm_mouse_button(terminal, Self.number(button), false, modifiers)
        case .wheelUp: vterm_mouse_button(terminal, 4, true, modifiers)
        case .wheelDown: vterm_mouse_button(terminal, 5, true, modifiers)
        default: break
        }
        return true
    }

    /// The wheel over a program that has the whole screen and does not know the mouse: as arrows, as xterm does it.
    public func wheelAsArrows(_ rows: Int) -> Bool {
        guard isAlternate, mouse == .none else { return false }
        for _ in 0..<min(abs(rows), 20) { press(rows < 0 ? Key.up : .down) }
        return true
    }

    private struct Modifiers: OptionSet {
        let rawValue: UInt32
        static let shift = Modifiers(rawValue: VTERM_MOD_SHIFT.rawValue)
        static let alt = Modifiers(rawValue: VTERM_MOD_ALT.rawValue)
        static let control = Modifiers(rawValue: VTERM_MOD_CTRL.rawValue)
    }

    private func press(_ code: VTermKey, _ modifiers: Modifiers) {
        vterm_keyboard_key(terminal, code, VTermModifier(modifiers.rawValue))
    }

    private static func number(_ button: MouseEvent.Button) -> Int32 {
        switch button {
        case .left: 1
        case .middle: 2
        case .right: 3
        }
    }

    private static func control(_ character: Character) -> UInt8? {
        guard let byte = character.lowercased().utf8.first, character.utf8.count == 1 else { return nil }
        switch byte {
        case UInt8(ascii: " "): return 0
        case UInt8(ascii: "?"): return 0x7F
        case 0x40...0x7E: return byte & 0x1F
        default: return nil
        }
    }

    private static let codes: [Key: (VTermKey, Modifiers)] = [
        .enter: (VTERM_KEY_ENTER, []), .escape: (VTERM_KEY_ESCAPE, []), .tab: (VTERM_KEY_TAB, []),
        .backTab: (VTERM_KEY_TAB, .shift), .backspace: (VTERM_KEY_BACKSPACE, []), .delete: (VTERM_KEY_DEL, []),
        .insert: (VTERM_KEY_INS, []), .up: (VTERM_KEY_UP, []), .down: (VTERM_KEY_DOWN, []),
        .left: (VTERM_KEY_LEFT, []), .right: (VTERM_KEY_RIGHT, []), .shiftUp: (VTERM_KEY_UP, .shift),
        .shiftDown: (VTERM_KEY_DOWN, .shift), .shiftLeft: (VTERM_KEY_LEFT, .shift),
        .shiftRight: (VTERM_KEY_RIGHT, .shift), .home: (VTERM_KEY_HOME, []), .end: (VTERM_KEY_END, []),
        .pageUp: (VTERM_KEY_PAGEUP, []), .pageDown: (VTERM_KEY_PAGEDOWN, []), .altUp: (VTERM_KEY_UP, .alt),
        .altDown: (VTERM_KEY_DOWN, .alt), .altLeft: (VTERM_KEY_LEFT, .alt), .altRight: (VTERM_KEY_RIGHT, .alt),
        .controlUp: (VTERM_KEY_UP, .control), .controlDown: (VTERM_KEY_DOWN, .control),
        .controlLeft: (VTERM_KEY_LEFT, .control), .controlRight: (VTERM_KEY_RIGHT, .control),
        .shiftHome: (VTERM_KEY_HOME, .shift), .shiftEnd: (VTERM_KEY_END, .shift),
        .shiftPageUp: (VTERM_KEY_PAGEUP, .shift), .shiftPageDown: (VTERM_KEY_PAGEDOWN, .shift),
        .shiftDelete: (VTERM_KEY_DEL, .shift), .controlHome: (VTERM_KEY_HOME, .control),
        .controlEnd: (VTERM_KEY_END, .control), .controlDelete: (VTERM_KEY_DEL, .control),
    ]
}
